package main

import "testing"

// TestUserLinksLeadToTheServer looks at the address in front of the link that user create and user reset print.
func TestUserLinksLeadToTheServer(t *testing.T) {
	for name, tt := range map[string]struct {
		arguments []string
		want      string
	}{
		"default":        {nil, "http://127.0.0.1:8080"},
		"another port":   {[]string{"--addr", "127.0.0.1:9000"}, "http://127.0.0.1:9000"},
		"every address":  {[]string{"--addr", ":9000"}, "http://localhost:9000"},
		"every IPv6 one": {[]string{"--addr", "[::]:9000"}, "http://localhost:9000"},
		"https":          {[]string{"--addr", "192.0.2.1:443", "--tls-cert", "cert.pem"}, "https://192.0.2.1:443"},
		"named":          {[]string{"--addr", ":9000", "--url", "https://reviews.example.com/"}, "https://reviews.example.com"},
		"of a file":      {[]string{"--config", written(t, "plumbline.yaml", "addr: 127.0.0.1:9001\n")}, "http://127.0.0.1:9001"},
	} {
		root, err := parsed(t, append(append([]string{"user"}, tt.arguments...), "list")...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := root.User.base(); got != tt.want {
			t.Errorf("%s: got %s, want %s", name, got, tt.want)
		}
	}
}
