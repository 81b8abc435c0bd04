// Package browser_test holds the application against a real browser: the whole server on a real database, and Chromium.
//
// It asserts only what needs a browser: scripts, keys, drafts, lost connections, accessibility, what hostile text does.
// Without Chromium every test fails; the Makefile decides where these tests run.
package browser_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"
)

// chromium is the one browser process that all tests share; each test has browser contexts of its own in it.
var chromium context.Context

func TestMain(m *testing.M) {
	code, err := withChromium(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, "the browser tests need Chromium:", err)
		os.Exit(1)
	}
	os.Exit(code)
}

func withChromium(run func() int) (int, error) {
	path, err := chromiumPath()
	if err != nil {
		return 1, err
	}
	profile, err := os.MkdirTemp("", "plumbline-chromium-")
	if err != nil {
		return 1, err
	}
	defer func() { _ = os.RemoveAll(profile) }()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(profile),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-smooth-scrolling", true),
		chromedp.Flag("lang", "en-GB"),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, cancel := chromedp.NewContext(allocator)
	defer cancel()
	if err := chromedp.Do(ctx); err != nil {
		return 1, fmt.Errorf("start %s: %w", path, err)
	}
	chromium = ctx
	return run(), nil
}

func chromiumPath() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no chromium, chromium-browser or google-chrome is in the search path")
}
