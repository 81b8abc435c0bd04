package page

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"plumbline/assessment"
)

// TestServeWritten answers with small and large documents, of which only the small are in memory.
func TestServeWritten(t *testing.T) {
	for _, size := range []int{0, 10, spooled, spooled + 1, 5 * spooled} {
		whole := bytes.Repeat([]byte("0123456789"), size/10+1)[:size]
		w := httptest.NewRecorder()
		err := ServeWritten(w, httptest.NewRequest(http.MethodGet, "/", nil), Download{Media: "text/csv", Name: "a.csv"}, func(w io.Writer) error {
			for rest := whole; len(rest) > 0; rest = rest[min(len(rest), 700_000):] {
				if _, err := w.Write(rest[:min(len(rest), 700_000)]); err != nil {
					return err
				}
			}
			if s := w.(*spool); (s.file != nil) != (size > spooled) || s.memory.Len() > spooled {
				t.Errorf("%d bytes: %d in memory, file %v", size, s.memory.Len(), s.file)
			}
			return nil
		})
		if err != nil || !bytes.Equal(w.Body.Bytes(), whole) {
			t.Errorf("%d bytes: %d came back, %v", size, w.Body.Len(), err)
		}
		if tag := w.Header().Get("ETag"); tag != `"`+assessment.Hash(whole)+`"` {
			t.Errorf("%d bytes: tag %s", size, tag)
		}
	}
	w := httptest.NewRecorder()
	broken := errors.New("broken")
	err := ServeWritten(w, httptest.NewRequest(http.MethodGet, "/", nil), Download{}, func(w io.Writer) error {
		_, _ = w.Write(make([]byte, 2*spooled))
		return broken
	})
	if !errors.Is(err, broken) || w.Body.Len() > 0 || len(w.Header()) > 0 {
		t.Errorf("%v, %d bytes and %v were sent", err, w.Body.Len(), w.Header())
	}
}

// TestNoRoomForADocument writes to a device that has none.
func TestNoRoomForADocument(t *testing.T) {
	w := httptest.NewRecorder()
	err := ServeWritten(w, httptest.NewRequest(http.MethodGet, "/", nil), Download{}, func(w io.Writer) error {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		w.(*spool).file = full
		if _, err = w.Write([]byte("row")); err != nil {
			return fmt.Errorf("write the row: %w", err)
		}
		return nil
	})
	status := StatusOf(err)
	if text := FailureText(status, err); status != http.StatusInsufficientStorage || !strings.Contains(text, "temporary files") {
		t.Errorf("status %d, %s", status, text)
	}
}
