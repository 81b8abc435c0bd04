package library_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/content/formats"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/webtest"
)

// quickly is how long a hostile file may take; a machine that runs other tests too is given some more.
const quickly = 3 * time.Second

// TestHostileUploads sends files that are too large, too deep, too much, doubled or broken: each is answered with what is
// wrong and where, what was chosen is kept, and nothing is stored.
func TestHostileUploads(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	b.Get(templates.ImportURL)
	before := a.Contents()
	good := a.Yaml(a.Garden())
	lens := webtest.LensFile(1, 1, 2)
	deep := strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001)
	tests := []struct {
		name, format, file, data string
		want                     int
		says                     []string
	}{
		{"too large", "plumbline", "q.yaml", good + strings.Repeat("# x\n", 5<<20/4), 413, []string{"at most 5 MiB"}},
		{"much too large", "plumbline", "q.yaml", strings.Repeat("x", 6<<20), 413, []string{"at most 5 MiB"}},
		{"deep JSON", "aws-lens", "lens.json", deep, 422, []string{"1:", "nested deeper"}},
		{"deep YAML", "plumbline", "q.yaml", deep, 422, []string{"1:"}},
		{"deep lens", "", "lens.json", `{"schemaVersion": "x", "pillars": ` + deep, 422, []string{"1:", "nested deeper"}},
		{"alias bomb", "plumbline", "q.yaml", aliasBomb(), 422, []string{":"}},
		{"key twice", "plumbline", "q.yaml", strings.Replace(good, "version: 1.0.0", "version: 1.0.0\nversion: 1.0.1", 1), 422, []string{"4:1", "already used"}},
		{"key twice in a lens", "aws-lens", "lens.json", strings.Replace(lens, `"name"`, `"schemaVersion": "x", "name"`, 1), 422, []string{"1:33", "already used"}},
		{"after the end", "aws-lens", "lens.json", lens + "\n{}", 422, []string{"2:1", "end of the file"}},
		{"second document", "plumbline", "q.yaml", good + "---\na: 1\n", 422, []string{"found a second one"}},
		{"row 999 of 1,000", "plumbline", "q.yaml", row999(t), 422, []string{"9015:25", "practices[998].effort", "S, M, L"}},
		{"no UTF-8", "plumbline", "q.yaml", "format: \xff\n", 422, []string{"1:9", "not UTF-8"}},
		{"NUL", "plumbline", "q.yaml", "format: \x00\n", 422, []string{"1:9", "NUL"}},
		{"picture", "", "picture.png", "\x89PNG\r\n\x1a\n", 422, []string{"was not detected"}},
		{"empty", "aws-lens", "lens.json", "", 422, []string{"not empty"}},
		{"unknown format", "word", "q.docx", "x", 422, []string{"Choose a format"}},
		{"format of 10,000 characters", strings.Repeat("x", 10_000), "q.docx", "x", 422, []string{"Choose a format"}},
		{"odd name", "plumbline", "<b>\u202e🌱'.yaml", "x", 422, []string{"<b>\u202e🌱'.yaml"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			got := b.Upload(tt.format, tt.file, tt.data)
			if took := time.Since(start); took > quickly {
				t.Errorf("it took %v", took)
			}
			text := webtest.TextOf(got.Page.Find("main"))
			if got.Status != tt.want {
				t.Fatalf("status %d, want %d: %s", got.Status, tt.want, text)
			}
			for _, want := range tt.says {
				if !strings.Contains(text, want) {
					t.Errorf("the page does not say %q: %s", want, text)
				}
			}
			if kept, _ := got.Page.Find("select#format option[selected]").Attr("value"); len(tt.format) < 20 && tt.format != "word" && kept != tt.format {
				t.Errorf("the format chosen is %q, want %q", kept, tt.format)
			}
			a.Untouched(before, tt.name)
		})
	}
}

// row999 is a questionnaire of 1,000 practices, of which the last but one is wrong.
func row999(t *testing.T) string {
	a := &webtest.App{T: t}
	q := a.Garden()
	q.Pillars = q.Pillars[:1]
	q.Pillars[0].Principles[0].Questions[0].RiskRules = nil
	practices := &q.Pillars[0].Principles[0].Questions[0].Practices
	for len(*practices) < 1_000 {
		next := (*practices)[0]
		next.ID = fmt.Sprintf("row-%d", len(*practices)+1)
		*practices = append(*practices, next)
	}
	good := a.Yaml(q)
	parts := strings.SplitAfterN(good, "effort: M", 1_000)
	parts[998] = strings.TrimSuffix(parts[998], "M") + "huge"
	return strings.Join(parts, "")
}

// aliasBomb is YAML that would be large if its aliases were followed.
func aliasBomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x]\n")
	for c := 'b'; c < 'n'; c++ {
		fmt.Fprintf(&b, "%c: &%c [", c, c)
		for range 8 {
			fmt.Fprintf(&b, "*%c, ", c-1)
		}
		fmt.Fprintf(&b, "*%c]\n", c-1)
	}
	return b.String() + "format: plumbline.questionnaire/1\n"
}

// endlessly is a file without an end.
type endlessly struct{}

func (endlessly) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestUploadWithoutLength sends a file in chunks that do not end.
func TestUploadWithoutLength(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	before := a.Contents()
	head := "--x\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\naws-lens\r\n--x\r\n" +
		"Content-Disposition: form-data; name=\"file\"; filename=\"lens.json\"\r\n\r\n"
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, a.Server.URL+templates.ImportURL, io.MultiReader(strings.NewReader(head), io.LimitReader(endlessly{}, 6<<20)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	response, err := b.Client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	page, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusRequestEntityTooLarge || !bytes.Contains(page, []byte(`value="aws-lens" selected`)) {
		t.Errorf("status %d, %v", response.StatusCode, err)
	}
	a.Untouched(before, "a file without an end")
}

// TestUploadForms sends what is no form with a file.
func TestUploadForms(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	before := a.Contents()
	send := func(contentType, body string) webtest.Answer {
		return b.Send(http.MethodPost, templates.ImportURL, http.Header{"Content-Type": {contentType}}, strings.NewReader(body))
	}
	var twice bytes.Buffer
	form := multipart.NewWriter(&twice)
	for _, data := range []string{"x: 1", webtest.LensFile(1, 1, 1)} {
		part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="q.yaml"`}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]webtest.Answer{
		"a plain form":     b.Post(templates.ImportURL, url.Values{"file": {"x"}}),
		"no form":          send("text/plain", "x"),
		"no boundary":      send("multipart/form-data", "x"),
		"cut off":          send("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"q.yaml\"\r\n\r\nformat"),
		"not parted":       send("multipart/form-data; boundary=x", "nothing"),
		"file twice":       send(form.FormDataContentType(), twice.String()),
		"a field of files": send("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"team\"; filename=\"q.yaml\"\r\n\r\nx\r\n--x--\r\n"),
	} {
		if got.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d, want 422", name, got.Status)
		}
	}
	a.Untouched(before, "what is no form")
}

func TestImportIsForLeads(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedInAs(a.Member(a.MyTeam(), access.Architect).User)
	before := a.Contents()
	if got := b.Upload("", "garden.json", webtest.LensFile(1, 1, 1)); got.Status != http.StatusForbidden {
		t.Errorf("status %d, want 403", got.Status)
	}
	a.Untouched(before, "an architect's file")
	if text := webtest.TextOf(b.Get(templates.LibraryURL).Page.Find("main")); !strings.Contains(text, "Team leads can add") {
		t.Errorf("got %s", text)
	}
}

// TestFilesAreLimited sends more files within a minute than are read for one person; others are not held up.
func TestFilesAreLimited(t *testing.T) {
	a := webtest.NewApp(t)
	handler, err := web.New(web.Options{Store: a.Store, Files: formats.Registry{}, SessionKey: webtest.SessionKey, Insecure: true,
		Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server.Close()
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	b, other := a.SignedIn(), a.SignedInAs(a.Member(a.MyTeam(), access.Lead).User)
	read, refused := 0, 0
	for range 25 {
		switch got := b.Upload("", "notes.txt", "no questionnaire"); got.Status {
		case http.StatusUnprocessableEntity:
			read++
		case http.StatusTooManyRequests:
			refused++
			if got.Header.Get("Retry-After") == "" || !strings.Contains(webtest.TextOf(got.Page.Find("main")), "You can upload 10 files a minute") {
				t.Fatalf("refused with %q", webtest.TextOf(got.Page.Find("main")))
			}
		default:
			t.Fatalf("status %d", got.Status)
		}
	}
	if read < 10 || refused == 0 {
		t.Errorf("%d files were read and %d refused, want 10 read", read, refused)
	}
	if got := other.Upload("", "notes.txt", "no questionnaire"); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("another person: status %d, want 422", got.Status)
	}
}

// TestManyLosses reads a lens that says more of which nothing is kept than anybody reads.
func TestManyLosses(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	var keys strings.Builder
	for i := range 6_000 {
		fmt.Fprintf(&keys, `"key%d": 1, `, i)
	}
	start := time.Now()
	sent := b.Upload("", "lens.json", strings.Replace(webtest.LensFile(1, 1, 2), `"name"`, keys.String()+`"name"`, 1))
	if sent.Status != http.StatusSeeOther {
		t.Fatalf("status %d", sent.Status)
	}
	page := b.Get(sent.Header.Get("Location"))
	if took := time.Since(start); took > quickly {
		t.Errorf("it took %v", took)
	}
	text := webtest.TextOf(page.Page.Find("[aria-labelledby='lost-h']"))
	if rows := page.Page.Find("table.remarks tbody tr").Length(); rows != 100 || !strings.Contains(text, "more are not listed") {
		t.Errorf("%d rows", rows)
	}
	if groups := page.Page.Find("[aria-labelledby='lost-h'] details").Length(); groups < 1 || groups > 10 {
		t.Errorf("%d groups", groups)
	}
}
