package assessment

import "testing"

func TestParseDate(t *testing.T) {
	tests := []struct {
		in   string
		want Date
		ok   bool
	}{
		{"", "", true},
		{"2026-02-28", "2026-02-28", true},
		{"2026-02-29", "", false},
		{"2028-02-29", "2028-02-29", true},
		{"1969-12-31", "", false},
		{"28.2.2026", "", false},
		{"2026-1-1", "", false},
	}
	for _, tt := range tests {
		got, err := ParseDate(tt.in)
		if got != tt.want || (err == nil) != tt.ok {
			t.Errorf("ParseDate(%q) = %q, %v; want %q, ok %v", tt.in, got, err, tt.want, tt.ok)
		}
	}
}
