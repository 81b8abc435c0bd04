package main

import (
	"slices"
	"strings"
	"testing"
)

func TestUnchangedParts(t *testing.T) {
	tests := map[string]struct {
		smaps string
		want  []addresses
	}{
		"nothing":          {"", nil},
		"program":          {"00403000-00ff0000 r-xp 00003000 fe:00 1234   /usr/local/bin/plumbline\nSize: 12212 kB\nAnonymous:             0 kB\nSwap:                  0 kB\nVmFlags: rd ex mr mw me\n", []addresses{{0x403000, 0xff0000}}},
		"data":             {"00ff0000-01aab000 r--p 00bf0000 fe:00 1234   /usr/local/bin/plumbline\nAnonymous:             0 kB\nSwap:                  0 kB\n", []addresses{{0xff0000, 0x1aab000}}},
		"name with spaces": {"00403000-00404000 r-xp 00003000 fe:00 1234   /opt/our tools/plumbline (deleted)\nAnonymous:             0 kB\nSwap:                  0 kB\n", []addresses{{0x403000, 0x404000}}},
		"two": {"1000-2000 r--p 00000000 fe:00 1 /a\nAnonymous: 0 kB\nSwap: 0 kB\nfff000001000-fff000002000 r-xp 00000000 fe:00 1 /b\nAnonymous: 0 kB\nSwap: 0 kB\n",
			[]addresses{{0x1000, 0x2000}, {0xfff000001000, 0xfff000002000}}},
		"relocated":       {"01aab000-01aae000 r--p 016aa000 fe:00 1234   /usr/local/bin/plumbline\nAnonymous:             4 kB\nSwap:                  0 kB\n", nil},
		"swapped out":     {"01aab000-01aae000 r--p 016aa000 fe:00 1234   /usr/local/bin/plumbline\nAnonymous:             0 kB\nSwap:                  4 kB\n", nil},
		"nothing of swap": {"00403000-00ff0000 r-xp 00003000 fe:00 1234   /usr/local/bin/plumbline\nAnonymous:             0 kB\n", nil},
		"variables":       {"01aae000-01ba3000 rw-p 016ad000 fe:00 1234   /usr/local/bin/plumbline\nAnonymous:             0 kB\nSwap:                  0 kB\n", nil},
		"shared":          {"7f1000000000-7f1000008000 r--s 00000000 fe:00 1234   /data/plumbline.db-shm\nAnonymous:             0 kB\nSwap:                  0 kB\n", nil},
		"heap":            {"396204c00000-396207000000 rw-p 00000000 00:00 0 \nAnonymous:             0 kB\nSwap:                  0 kB\n", nil},
		"without a file":  {"396204c00000-396207000000 r--p 00000000 00:00 0 \nAnonymous:             0 kB\nSwap:                  0 kB\n", nil},
		"of the kernel":   {"7ffc62ba9000-7ffc62bab000 r-xp 00000000 00:00 0   [vdso]\nAnonymous:             0 kB\nSwap:                  0 kB\n", nil},
		"no word of it":   {"00403000-00ff0000 r-xp 00003000 fe:00 1234   /usr/local/bin/plumbline\nSize: 12212 kB\n", nil},
		"after a library": {"1000-2000 r-xp 00000000 fe:00 1 /a\nAnonymous: 4 kB\nSwap: 0 kB\n3000-4000 rw-p 00000000 00:00 0 \nAnonymous: 0 kB\nSwap: 0 kB\n", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := unchangedParts(strings.NewReader(tt.smaps))
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("got %x, %v, want %x", got, err, tt.want)
			}
		})
	}
	if got, err := unchangedParts(strings.NewReader("here-there r-xp 00003000 fe:00 1234 /a\n")); err == nil {
		t.Errorf("got %x of no addresses", got)
	}
}
