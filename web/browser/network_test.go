package browser_test

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// noConnection is what the browser says about requests that do not get through.
var noConnection = []string{"ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_FAILED", "ERR_SOCKET_NOT_CONNECTED", "ERR_INCOMPLETE_CHUNKED_ENCODING"}

// offline cuts the connection of the tab for addresses that a pattern matches; the empty pattern is all of them.
func (b *tab) offline(pattern string) {
	b.t.Helper()
	b.connection(pattern == "", &network.Conditions{URLPattern: pattern, Offline: true, DownloadThroughput: -1, UploadThroughput: -1})
}

// online gives the tab its connection back.
func (b *tab) online() {
	b.t.Helper()
	b.connection(false)
}

func (b *tab) connection(cut bool, conditions ...*network.Conditions) {
	b.t.Helper()
	call(b, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions})
	call(b, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1})
}

// download does something that downloads a file, and returns the file.
func (b *tab) download(something func()) []byte {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	folder, events := b.t.(interface{ TempDir() string }).TempDir(), true
	_, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior:         browser.SetDownloadBehaviorBehaviorAllowAndName,
		BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID,
		DownloadPath:     folder,
		EventsEnabled:    &events,
	})
	if err != nil {
		b.t.Fatal(err)
	}
	progress := chromedp.BrowserEvents(ctx, browser.DownloadProgress)
	something()
	for event, err := range progress {
		if err != nil {
			b.t.Fatalf("no download within %s: %v", patience, err)
		}
		if event.State != browser.DownloadProgressStateCompleted {
			continue
		}
		content, err := os.ReadFile(filepath.Join(folder, event.GUID))
		if os.IsNotExist(err) {
			continue // of another tab
		}
		if err != nil {
			b.t.Fatal(err)
		}
		return content
	}
	b.t.Fatalf("no download within %s", patience.Round(time.Second))
	return nil
}
