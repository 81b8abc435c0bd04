package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/web/account"
	"plumbline/web/oidctest"
)

func TestBadSSOSettings(t *testing.T) {
	secret, empty := written(t, "secret", "s3cret\n"), written(t, "empty", "\n")
	entra := "https://login.microsoftonline.com/8c1f0f7e-1c8e-4a1b-9f53-3d7d2b0f5f0a/v2.0"
	whole := func(more ...string) []string {
		return append([]string{"--oidc-issuer", entra, "--oidc-client-id", "c", "--oidc-client-secret-file", secret}, more...)
	}
	tests := map[string]struct {
		args []string
		want string
	}{
		"no issuer":        {[]string{"--oidc-only"}, "require --oidc-issuer"},
		"groups alone":     {[]string{"--oidc-group", "g=Red:lead"}, "require --oidc-issuer"},
		"common":           {whole("--oidc-issuer", "https://login.microsoftonline.com/common/v2.0"), "people of every organization"},
		"placeholder":      {whole("--oidc-issuer", "https://login.microsoftonline.com/{tenantid}/v2.0"), "use the ID of your tenant"},
		"http":             {whole("--oidc-issuer", "http://login.example.com"), "use https"},
		"no client":        {[]string{"--oidc-issuer", entra, "--oidc-client-secret-file", secret}, "requires --oidc-client-id"},
		"no secret":        {[]string{"--oidc-issuer", entra, "--oidc-client-id", "c"}, "requires the client secret"},
		"an empty secret":  {whole("--oidc-client-secret-file", empty), "is empty"},
		"a missing secret": {whole("--oidc-client-secret-file", "missing"), "read the client secret"},
		"no team":          {whole("--oidc-group", "g=:lead"), "GROUP=TEAM:ROLE"},
		"no role":          {whole("--oidc-group", "g=Red"), "GROUP=TEAM:ROLE"},
		"days":             {whole("--oidc-token-days", "367"), "from 0 to 366"},
		"another role":     {whole("--oidc-group", "g=Red:boss"), `"boss" is not a role`},
		"no address":       {whole("--addr", "0.0.0.0:8080"), "--oidc-issuer requires --url"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "data")
			got := plumbline(t, "", append([]string{"serve", "--data", folder}, test.args...)...)
			if got.status != misuse || !strings.Contains(got.err, test.want) {
				t.Errorf("got %d %q, want %q", got.status, got.err, test.want)
			}
			if _, err := os.Stat(folder); err == nil {
				t.Error("the data folder was made all the same")
			}
		})
	}
	if got := plumbline(t, "", "serve", "--oidc-client-secret", "s3cret"); got.status != misuse {
		t.Errorf("a secret on the command line: %+v", got)
	}
}

func TestSSOSettingsOfAFile(t *testing.T) {
	file := written(t, "plumbline.yaml", "oidc-issuer: https://id.example.com\noidc-group: ['7f-1=Red, white: and blue:lead', b=Blue:viewer]\noidc-only: true\n")
	t.Setenv("PLUMBLINE_OIDC_CLIENT_ID", "c")
	t.Setenv(ssoSecretVariable, "s3cret")
	root, err := parsed(t, "serve", "--config", file)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := root.Serve.OIDC.rules()
	want := []groupRule{{"7f-1", "Red, white: and blue", access.Lead}, {"b", "Blue", access.Viewer}}
	if err != nil || !slices.Equal(rules, want) || !root.Serve.OIDC.Only || root.Serve.OIDC.ClientID != "c" || root.Serve.check() != nil {
		t.Errorf("got %+v and %+v, %v", root.Serve.OIDC, rules, err)
	}
}

func TestGroupsNameTeams(t *testing.T) {
	store, err := storage.Open(t.Context(), storage.Options{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	red, err := store.CreateTeam(t.Context(), access.Actor{}, "Red")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(ssoSecretVariable, "s3cret")
	s := ssoSettings{Issuer: "https://id.example.com", ClientID: "c", Groups: []string{"r=Red:lead", "b=Blue:viewer", "c=Blue:architect"}}
	i := &installation{settings: &settings{OIDC: s}, store: store}
	if _, err := i.sso(t.Context()); err == nil || !strings.Contains(err.Error(), `the team "Blue" does not exist`) {
		t.Errorf("a team that is not there: %v", err)
	}
	i.OIDC.CreateTeams = true
	got, err := i.sso(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	teams, err := store.Teams(t.Context())
	if err != nil || len(teams) != 2 {
		t.Fatalf("teams %v, %v", teams, err)
	}
	blue := teams[0].ID
	want := []account.GroupRole{{Group: "r", Team: red.ID, Role: access.Lead}, {Group: "b", Team: blue, Role: access.Viewer}, {Group: "c", Team: blue, Role: access.Architect}}
	if !slices.Equal(got.Groups, want) || got.ClientSecret != "s3cret" {
		t.Errorf("got %+v", got)
	}
}

func TestDoctorAsksTheProvider(t *testing.T) {
	provider := oidctest.Start(t)
	t.Setenv(ssoSecretVariable, "s3cret")
	doctor := func(issuer string) finding {
		c := &doctorCommand{settings: settings{OIDC: ssoSettings{Issuer: issuer, ClientID: "c"}}}
		return c.checkSSO(t.Context())
	}
	for issuer, want := range map[string]string{"": resultOK, provider.Issuer(): resultOK, provider.Issuer() + "/": resultFailed} {
		if got := doctor(issuer); got.Result != want {
			t.Errorf("%q: %+v, want %s", issuer, got, want)
		}
	}
	provider.Break(true)
	if got := doctor(provider.Issuer()); got.Result != resultFailed || strings.Contains(got.Says, "\n") {
		t.Errorf("out of order: %+v", got)
	}
}
