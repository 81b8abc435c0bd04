package account

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestTheProviderLeadsNowhereElse(t *testing.T) {
	asked := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer elsewhere.Close()
	provider := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	defer provider.Close()
	o, err := SSO{Issuer: "https://login.example.com", ClientID: "id", ClientSecret: "secret"}.complete()
	if err != nil {
		t.Fatal(err)
	}
	response, err := o.Client.Post(provider.URL, "text/plain", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusTemporaryRedirect || asked != 0 {
		t.Errorf("status %d, asked elsewhere %d times", response.StatusCode, asked)
	}
	if o.Client.Timeout == 0 {
		t.Error("the provider may take for ever")
	}
}
