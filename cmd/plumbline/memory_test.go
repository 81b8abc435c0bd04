package main

import (
	"os"
	"regexp"
	"strconv"
	"testing"
)

// TestMemoryLimitsAreInOrder holds that garbage is collected before the system slows the process down or ends it, and
// that the documentation and the image have the same figures.
func TestMemoryLimitsAreInOrder(t *testing.T) {
	const service, image, page = "plumbline.service", "../../Containerfile", "../../docs/operate.md"
	soft := megabytes(t, service, `GOMEMLIMIT=(\d+)()MiB`)
	high := megabytes(t, service, `MemoryHigh=(\d+)([MG])`)
	most := megabytes(t, service, `MemoryMax=(\d+)([MG])`)
	if soft+128 > high || high >= most {
		t.Errorf("GOMEMLIMIT %d, MemoryHigh %d, MemoryMax %d: want 128 MB between the first two, and the last above", soft, high, most)
	}
	if got := megabytes(t, image, `GOMEMLIMIT=(\d+)()MiB`); got != soft {
		t.Errorf("the image has %d, the service %d", got, soft)
	}
	for what, want := range map[string]int{"`GOMEMLIMIT`[^|]*\\| `(\\d+)()MiB`": soft, "`MemoryHigh`[^|]*\\| `(\\d+)([MG])`": high, "`MemoryMax`[^|]*\\| `(\\d+)([MG])`": most} {
		if got := megabytes(t, page, what); got != want {
			t.Errorf("the documentation has %d for %s, want %d", got, what, want)
		}
	}
}

func megabytes(t *testing.T, file, pattern string) int {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(pattern).FindSubmatch(text)
	if found == nil {
		t.Fatalf("%s has no %s", file, pattern)
	}
	n, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	if string(found[2]) == "G" {
		n *= 1024
	}
	return n
}
