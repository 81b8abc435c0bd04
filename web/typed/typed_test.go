package typed_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"plumbline/web/typed"
)

// TestReadHoldsLittle reads forms as large as a page may send them: whoever is not known makes the server hold no more
// than is carried on, and all of it is read, or the browser would not show the answer.
func TestReadHoldsLittle(t *testing.T) {
	const size, most = 8 << 20, 4 << 20
	var keys strings.Builder
	for i := range size / 8 {
		fmt.Fprintf(&keys, "%07x&", i)
	}
	part := func(name, value string) string {
		return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"
	}
	const urlencoded, multipart = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
	for _, tt := range []struct{ name, kind, body string }{
		{"one value", urlencoded, "a=" + strings.Repeat("%41", size/3)},
		{"many names", urlencoded, keys.String()},
		{"one name again and again", urlencoded, strings.Repeat("a&", size/2)},
		{"few bytes of many names", urlencoded, keys.String()[:typed.MaxForm-8]},
		{"no kind", "", strings.Repeat("a", size)},
		{"parts with a large value", multipart, part("a", strings.Repeat("a", size)) + "--b--\r\n"},
		{"parts without values", multipart, strings.Repeat(part("a", ""), size/60) + "--b--\r\n"},
		{"parts with long names", multipart, strings.Repeat(part(strings.Repeat("n", 1<<20), ""), 8) + "--b--\r\n"},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(tt.body))
		r.Header.Set("Content-Type", tt.kind)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		form := typed.Read(r)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > most {
			t.Errorf("%s: reading takes %d KB", tt.name, took>>10)
		}
		if tt.kind != "" && !form.TooLarge || len(form.Fields) > 0 {
			t.Errorf("%s: %d fields, too large: %t", tt.name, len(form.Fields), form.TooLarge)
		}
		if n, err := io.Copy(io.Discard, r.Body); n > 0 && tt.kind != "" {
			t.Errorf("%s: %d bytes were not read, %v", tt.name, n, err)
		}
	}
}
