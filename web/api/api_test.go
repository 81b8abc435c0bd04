package api_test

import (
	"encoding/json"
	"net/http"
	"reflect"
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

// sameJSON fails unless got is want without the named keys.
func sameJSON(t *testing.T, got []byte, want any, but ...string) {
	t.Helper()
	var a, b map[string]any
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if json.Unmarshal(got, &a) != nil || json.Unmarshal(text, &b) != nil {
		t.Fatalf("no JSON: %.100s", got)
	}
	for _, key := range but {
		delete(a, key)
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("got %.600v\nwant %.600v", a, b)
	}
}
