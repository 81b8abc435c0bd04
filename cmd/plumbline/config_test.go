package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// parsed returns the command line as kong understands it.
func parsed(t *testing.T, args ...string) (*commands, error) {
	t.Helper()
	root := &commands{}
	_, err := newParser(t, root).Parse(args)
	return root, err
}

func newParser(t *testing.T, root *commands) *kong.Kong {
	t.Helper()
	parser, err := root.parser(t.Context(), streams{}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	return parser
}

func TestSettingsPrecedence(t *testing.T) {
	file := written(t, "plumbline.yaml", "addr: 10.0.0.3:3\ntime-zone: Europe/Rome\ntrusted-proxy: [10.0.0.0/8, '192.168.1.1']\n")
	tests := map[string]struct {
		flags, env []string
		want       string
	}{
		"default":     {want: "127.0.0.1:8080"},
		"file":        {flags: []string{"--config", file}, want: "10.0.0.3:3"},
		"environment": {flags: []string{"--config", file}, env: []string{"PLUMBLINE_ADDR", "10.0.0.2:2"}, want: "10.0.0.2:2"},
		"flag": {flags: []string{"--config", file, "--addr", "10.0.0.1:1"}, env: []string{"PLUMBLINE_ADDR", "10.0.0.2:2"},
			want: "10.0.0.1:1"},
		"file named by the environment": {env: []string{"PLUMBLINE_CONFIG", file}, want: "10.0.0.3:3"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.env != nil {
				t.Setenv(test.env[0], test.env[1])
			}
			root, err := parsed(t, append([]string{"serve"}, test.flags...)...)
			if err != nil || root.Serve.Addr != test.want {
				t.Errorf("got %q, %v; want %q", root.Serve.Addr, err, test.want)
			}
		})
	}
	root, err := parsed(t, "serve", "--config", file)
	if err != nil || len(root.Serve.Proxies) != 2 || root.Serve.Proxies[1] != "192.168.1.1" || root.Serve.TimeZone != "Europe/Rome" {
		t.Errorf("got %+v, %v", root.Serve, err)
	}
}

func TestOneFileServesEveryCommand(t *testing.T) {
	folder := t.TempDir()
	file := written(t, "plumbline.yaml", "data: "+folder+"\nurl: https://reviews.example.com\naddr: 10.0.0.1:1\n")
	commandsWithData := map[string]func(*commands) string{
		"backup x.db":  func(c *commands) string { return c.Backup.Data },
		"restore x.db": func(c *commands) string { return c.Restore.Data },
		"user list":    func(c *commands) string { return c.User.Data },
	}
	for line, data := range commandsWithData {
		root, err := parsed(t, append(strings.Fields(line), "--config", file)...)
		if got := data(root); err != nil || got != folder {
			t.Errorf("%s: data folder %q, %v", line, got, err)
		}
	}
	t.Setenv("PLUMBLINE_CONFIG", filepath.Join(folder, "missing.yaml"))
	if _, err := parsed(t, "version"); err != nil {
		t.Errorf("a command without settings reads the file: %v", err)
	}
}

func TestBadSettingsFile(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"unknown key":        {"addr: x:1\nadr: y:1\n", `:2: unknown setting "adr"; expected one of addr, `},
		"two problems":       {"one: 1\naddr: x:1\ntwo: 2\n", `:3: unknown setting "two"`},
		"a key twice":        {"addr: x:1\naddr: y:1\n", ":2: addr is set twice"},
		"a list of values":   {"addr: [x, y]\n", ":1: addr: expected a plain value"},
		"nothing":            {"addr:\n", ":1: addr: expected a plain value"},
		"a nested list":      {"trusted-proxy: [[x]]\n", ":1: trusted-proxy: expected a list of plain values"},
		"no mapping":         {"- addr\n", ":1: expected lines with a name, a colon and a value"},
		"no YAML":            {"addr: [\n", "plumbline.yaml: "},
		"a second document":  {"addr: x:1\n---\nurl: https://a.example\n", ": expected one YAML document, found a second one"},
		"no YAML after it":   {"addr: x:1\n---\nurl: [\n", "plumbline.yaml: "},
		"a file in the file": {"config: other.yaml\n", `:1: unknown setting "config"`},
		"a bad value":        {"log-format: xml\n", "--log-format must be one of"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := plumbline(t, "", "serve", "--config", written(t, "plumbline.yaml", test.text))
			if got.status != misuse || !strings.Contains(got.err, test.want) {
				t.Errorf("got %d %q, want %q", got.status, got.err, test.want)
			}
		})
	}
	if got := plumbline(t, "", "serve", "--config", "missing.yaml"); got.status != misuse || !strings.Contains(got.err, "missing.yaml") {
		t.Errorf("a missing file: %+v", got)
	}
}

func TestEmptySettingsFile(t *testing.T) {
	for _, text := range []string{"", "# nothing yet\n", "---\n"} {
		if root, err := parsed(t, "serve", "--config", written(t, "plumbline.yaml", text)); err != nil || root.Serve.Addr != "127.0.0.1:8080" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestBadSettings(t *testing.T) {
	tests := map[string]struct {
		args []string
		want string
	}{
		"no port":          {[]string{"--addr", "localhost"}, "not an address with a port"},
		"url without host": {[]string{"--url", "https://"}, "not a web address"},
		"other scheme":     {[]string{"--url", "ftp://example.com"}, "not a web address"},
		"url as a word":    {[]string{"--url", "reviews.example.com"}, "not a web address"},
		"url with a path":  {[]string{"--url", "https://example.com/reviews"}, "cannot run under a path prefix"},
		"url with a query": {[]string{"--url", "https://example.com/?a=b"}, "more than a host and a port"},
		"unix socket":      {[]string{"--addr", "unix:/run/plumbline.sock"}, "does not listen on a unix socket"},
		"path of a socket": {[]string{"--addr", "/run/plumbline.sock"}, "does not listen on a unix socket"},
		"half a pair":      {[]string{"--tls-cert", "cert.pem"}, "set --tls-cert and --tls-key together"},
		"bad range":        {[]string{"--trusted-proxy", "10.0.0.0/8,10.0.0.0/99"}, `"10.0.0.0/99" is neither an address nor a range`},
		"negative growth":  {[]string{"--team-growth=-1"}, "a number of megabytes"},
		"bad days":         {[]string{"--audit-address-days=-1"}, "not a number of days"},
		"bad syslog":       {[]string{"--audit-syslog", "logs.example.com"}, "is neither local nor an address"},
		"bad zone":         {[]string{"--time-zone", "Mars/Olympus"}, "is not a time zone"},
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
}

// documentation returns pages of the folder docs, one after the other.
func documentation(t *testing.T, pages ...string) string {
	t.Helper()
	var all strings.Builder
	for _, page := range pages {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

// TestDocsNameEverySetting holds the table of settings by the flags: their names, variables, defaults and words.
func TestDocsNameEverySetting(t *testing.T) {
	table := settingsTable(newParser(t, &commands{}).Model)
	if !strings.Contains(documentation(t, "operate.md"), table) {
		t.Errorf("the table of settings in docs/operate.md is out of date; it should be:\n\n%s", table)
	}
}

// TestDocsNameEveryCommand holds that whatever can be typed is documented.
func TestDocsNameEveryCommand(t *testing.T) {
	docs := documentation(t, "commands.md", "operate.md")
	for _, command := range newParser(t, &commands{}).Model.Leaves(true) {
		if name := command.FullPath(); !strings.Contains(docs, name) && !strings.Contains(docs, "`"+command.Name+"`") {
			t.Errorf("the documentation lacks %s", name)
		}
		for _, flag := range slices.Concat(command.AllFlags(true)...) {
			short := fmt.Sprintf(" -%c ", flag.Short)
			if flag.Name != "help" && !strings.Contains(docs, "--"+flag.Name) && !strings.Contains(docs, short) {
				t.Errorf("the documentation lacks --%s of %s", flag.Name, command.FullPath())
			}
		}
	}
}

var flagNames = regexp.MustCompile(`--[a-z-]+`)

// settingsTable returns the table of settings as docs/operate.md has it.
func settingsTable(app *kong.Application) string {
	var b strings.Builder
	b.WriteString("| Flag | Variable | Default | Meaning |\n|---|---|---|---|\n")
	for _, command := range app.Children {
		if command.Name != "serve" {
			continue
		}
		for _, flag := range command.Flags {
			value := "none"
			if flag.HasDefault {
				value = "`" + flag.Default + "`"
			}
			help := strings.TrimSuffix(strings.ReplaceAll(flag.Help, usualConfig, "`"+usualConfig+"`"), ".")
			if before, after, said := strings.Cut(help, "; default: "); said {
				help, value = before, after
			}
			help = flagNames.ReplaceAllString(help, "`$0`")
			b.WriteString("| `--" + flag.Name + "` | `" + strings.Join(flag.Envs, "`, `") + "` | " + value + " | " + help + " |\n")
		}
	}
	return b.String()
}

// TestVariablesThatFilesName: what the image and the services set is there to be set.
func TestVariablesThatFilesName(t *testing.T) {
	known := map[string]bool{sessionKeyVariable: true}
	for _, command := range newParser(t, &commands{}).Model.Children {
		for _, f := range command.Flags {
			for _, name := range f.Envs {
				known[name] = true
			}
		}
	}
	variables := regexp.MustCompile(`PLUMBLINE_[A-Z_]+`)
	for _, name := range []string{"../../Containerfile", "plumbline.service", "plumbline-backup.service"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, variable := range variables.FindAllString(string(text), -1) {
			if !known[variable] {
				t.Errorf("%s names %s, which nothing reads", name, variable)
			}
		}
	}
}
