package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
)

// measureSizes measures the page of a principle and everything that it loads.
func measureSizes(ctx context.Context, address string, i *installation) ([]measure, error) {
	page, err := i.visit(address, 0).Page(ctx, i.page)
	if err != nil {
		return nil, err
	}
	total, forEver := 0, true
	var names []string
	for _, match := range regexp.MustCompile(`(?:src|href)="(/static/[^"]+)"`).FindAllStringSubmatch(page, -1) {
		size, kept, err := weigh(ctx, "http://"+address+match[1])
		if err != nil {
			return nil, err
		}
		total += size
		forEver = forEver && kept
		names = append(names, fmt.Sprintf("%s %.1f kB", strings.TrimPrefix(match[1], "/static/"), float64(size)/1000))
	}
	cached := 0.0
	if forEver {
		cached = 1
	}
	return []measure{
		atMost("principle page, HTML", float64(len(page))/1000, 60, "kB", fmt.Sprintf("the page of %s with %d answered practices, as sent, not compressed", i.principle.ID, practicesOf(i.principle))),
		atMost("  its assets", float64(total)/1000, 120, "kB", "compressed as sent: "+strings.Join(names, ", ")),
		atLeast("  cached by content hash", cached, 1, "", "1 if every asset may be kept forever because its address is a hash of its content"),
	}, nil
}

// weigh returns the size of an asset as it is sent to a browser, and whether the browser may keep it forever.
func weigh(ctx context.Context, address string) (size int, kept bool, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, false, err
	}
	request.Header.Set("Accept-Encoding", "gzip")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, false, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return 0, false, fmt.Errorf("%s: %s", address, response.Status)
	}
	body, err := io.ReadAll(response.Body)
	return len(body), strings.Contains(response.Header.Get("Cache-Control"), "immutable"), err
}
