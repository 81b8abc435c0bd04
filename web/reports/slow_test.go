package reports_test

import (
	"crypto/rand"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// TestSlowDownloadsHoldLittle leaves twelve downloads of a large report unread, by each address that it has.
func TestSlowDownloadsHoldLittle(t *testing.T) {
	const size, downloads, most = 18_000_000, 12, 3_000_000
	c := webtest.NewCompany(t)
	document := make([]byte, size)
	_, _ = rand.Read(document)
	info, err := c.Store.SaveReport(t.Context(), c.People[webtest.Lead], assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: c.Things["snapshot"],
		Media: "application/pdf", FileName: "large.pdf", Renderer: "0", Document: document})
	if err != nil {
		t.Fatal(err)
	}
	document = nil
	b := c.Browsers[webtest.Lead]
	link := b.Share(info.ID)
	cookie := http.Header{"Cookie": {b.Cookie()}}
	requests := []func() *http.Request{
		func() *http.Request { return asking(http.MethodGet, templates.ReportURL(info.ID), cookie) },
		func() *http.Request { return asking(http.MethodPost, link+"/report", http.Header{}) },
		func() *http.Request {
			return asking(http.MethodGet, webtest.API+"/reports/"+info.ID, http.Header{"Authorization": {"Bearer " + c.Secrets[webtest.Lead]}})
		},
	}
	before := heap()
	for i := range downloads {
		w := &unread{stuck{begun: make(chan struct{}), free: make(chan struct{})}}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			c.Server.Config.Handler.ServeHTTP(w, requests[i%len(requests)]())
		}()
		defer func() {
			close(w.free)
			<-ended
		}()
		select {
		case <-w.begun:
		case <-ended:
			t.Fatalf("download %d ended at once", i)
		}
	}
	if added := heap() - before; added > downloads*most {
		t.Errorf("%d slow downloads hold %d bytes", downloads, added)
	} else {
		t.Logf("%d slow downloads of %d bytes hold %d", downloads, size, added)
	}
}

// unread takes nothing, and is gone when it is freed.
type unread struct{ stuck }

func (w *unread) Write([]byte) (int, error) {
	close(w.begun)
	<-w.free
	return 0, io.ErrClosedPipe
}

func asking(method, path string, header http.Header) *http.Request {
	request := httptest.NewRequest(method, path, strings.NewReader(""))
	request.Header = header.Clone()
	return request
}

// heap returns how many bytes are in use.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	return int64(now.HeapAlloc)
}
