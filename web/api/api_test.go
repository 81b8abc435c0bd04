package api_test

import (
	"net/http"
	"strings"
	"testing"

	"plumbline/web/webtest"
)

func TestDescription(t *testing.T) {
	a := webtest.NewEmptyApp(t)
	a.Described()
	b := a.Browser()
	inYAML := b.Get(webtest.API + "/openapi.yaml")
	if inYAML.Status != http.StatusOK || !strings.HasPrefix(inYAML.Body, "components:") {
		t.Errorf("status %d: %.40q", inYAML.Status, inYAML.Body)
	}
	again := b.Do(http.MethodGet, webtest.API+"/openapi.yaml", nil, http.Header{"If-None-Match": {inYAML.Header.Get("ETag")}})
	if again.Status != http.StatusNotModified {
		t.Errorf("status %d, want 304", again.Status)
	}
}
