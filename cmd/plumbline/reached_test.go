package main

import (
	"log/slog"
	"testing"
)

// TestDoctorTellsOfMissingSettings has a server note what requests spoke of, and asks doctor with and without the
// settings.
func TestDoctorTellsOfMissingSettings(t *testing.T) {
	folder := t.TempDir()
	i := &installation{settings: &settings{Data: folder}, logger: slog.New(slog.DiscardHandler)}
	for name, test := range map[string]struct {
		speaks, result string
		args           []string
	}{
		"nothing":     {"", resultOK, nil},
		"a proxy":     {"--trusted-proxy", resultWarning, nil},
		"and https":   {"--url", resultWarning, nil},
		"https again": {"--url", resultWarning, []string{"--trusted-proxy", "127.0.0.1"}},
	} {
		i.settings.Data = t.TempDir()
		if test.speaks != "" {
			i.remember(test.speaks)
		}
		d, _ := examined(t, append([]string{"--data", i.Data}, test.args...)...)
		if got := d.found(t, "reached"); got.Result != test.result {
			t.Errorf("%s: %+v, want %s", name, got, test.result)
		}
	}
	i.settings.Data = folder
	i.remember("--url")
	i.remember("--trusted-proxy")
	d, _ := examined(t, "--data", folder, "--url", "https://reviews.example.com", "--trusted-proxy", "127.0.0.1")
	if got := d.found(t, "reached"); got.Result != resultOK {
		t.Errorf("with both settings: %+v", got)
	}
}
