package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"plumbline/cmd/internal/lab"
	"plumbline/templates"
)

// What one request within the limits may cost.
const (
	mostAdded     = 200.0           // MB of resident memory, above that of an idle server
	mostProcessor = 5 * time.Second // while it is answered
	mostAfterward = time.Second / 2 // when its client has gone
)

// bomb is a request within the limits that is made to cost much.
type bomb struct {
	name   string
	method string
	path   string
	kind   string // of its body
	body   []byte
}

// upload is a file for the import of questionnaires.
func upload(name, format, file string, data string) bomb {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("format", format)
	part, _ := form.CreateFormFile("file", file)
	_, _ = io.WriteString(part, data)
	_ = form.Close()
	return bomb{name: name, method: http.MethodPost, path: templates.ImportURL, kind: form.FormDataContentType(), body: body.Bytes()}
}

// filled repeats a part between a head and a tail up to a size.
func filled(size int, head, part, tail string) string {
	return head + strings.Repeat(part, max(0, size-len(head)-len(tail))/len(part)) + tail
}

// bombs are the requests of every kind, on a server with the arms.
func (a *arms) bombs() []bomb {
	const body, file, article = 8<<20 - 1, 5<<20 - 1024, 512<<10 - 1024
	answers := "/api/v1/assessments/" + a.assessment + "/answers"
	patch := func(name, head, part, tail string) bomb {
		return bomb{name, http.MethodPatch, answers, "application/json", []byte(filled(body, head, part, tail))}
	}
	head := "---\ntitle: x\n---\n# T\n\n## Reliability\n\n"
	get := func(name, path string) bomb { return bomb{name: name, method: http.MethodGet, path: path} }
	return []bomb{
		patch("API: zeros", `{"answers":[`, "0,", "0]}"),
		patch("API: empty objects", `{"answers":[`, "{},", "{}]}"),
		patch("API: nesting", "", "[", ""),
		patch("API: fields", "{", `"a":0,`, `"a":0}`),
		upload("article: wide table", "azure-article", "a.md", head+"|"+strings.Repeat("a|", 8_000)+"\n|"+strings.Repeat("-|", 8_000)+"\n"+strings.Repeat("|\n", 4_900)),
		upload("article: emphasis", "azure-article", "b.md", filled(article, head, strings.Repeat("a_*", 333)+"\n", "")),
		upload("article: links", "azure-article", "c.md", filled(article, head, strings.Repeat("[a](", 250)+"\n", "")),
		upload("article: sections", "azure-article", "d.md", filled(article, head, "## A\n", "")),
		upload("own: practices", "plumbline", "e.yaml", filled(file, "id: a\npillars:\n", "- {id: a, title: b}\n", "")),
		upload("own: aliases", "plumbline", "f.yaml", "a: &a [x,x,x,x,x,x,x,x]\n"+aliases(12)),
		upload("own: one long line", "plumbline", "g.yaml", filled(file, "id: ", "a ", "\n")),
		upload("own: repeated keys", "plumbline", "h.json", filled(file, "{", `"id":"a",`, `"id":"a"}`)),
		upload("lens: pillars", "", "i.json", filled(file, `{"schemaVersion":"2021-11-01","name":"x","pillars":[`, `{"id":"a","name":"b"},`, `{}]}`)),
		upload("lens: nesting", "", "j.json", filled(file, `{"schemaVersion":"2021-11-01","pillars":`, "[", "")),
		upload("checklist: items", "", "k.json", filled(file, `{"items":[`, `{"guid":"a","text":"b"},`, `{}],"metadata":{}}`)),
		upload("framework: nodes", "", "l.yaml", filled(file, "urn: x\nobjects:\n  framework:\n    requirement_nodes:\n", "    - urn: a\n", "")),
		get("difference of two large questionnaires", templates.DifferenceURL(a.hashes[0], a.hashes[1])),
		get("comparison of two large snapshots", templates.CompareTwoURL(a.large, a.snapshots[0], a.snapshots[1])),
		get("page of a large snapshot", templates.SnapshotURL(a.snapshots[1])),
		get("findings of a large assessment", templates.FindingsURL(a.large)),
		get("search in a large assessment", templates.FindInURL(a.large)+"?q=drills+nowhere"),
		get("history of an assessment with every note", templates.HistoryURL(a.assessment, "")),
		get("portfolio by an unknown column", templates.PortfolioURL+"?sort=nothing"),
		{"report of a large snapshot", http.MethodPost, templates.MakeReportURL(a.snapshots[1]), formBody, nil},
		{"report with every note and link", http.MethodPost, templates.MakeReportURL(a.full), formBody, nil},
		{"snapshot of a large assessment", http.MethodPost, templates.SnapshotsURL(a.large), formBody, fmt.Appendf(nil, "title=Another&version=%d", a.sequence)},
	}
}

const formBody = "application/x-www-form-urlencoded"

// aliases nests aliases of YAML, each eight times the one before.
func aliases(levels int) string {
	var b strings.Builder
	for n := range levels {
		from, to := string(rune('a'+n)), string(rune('b'+n))
		b.WriteString(to + ": &" + to + " [" + strings.Repeat("*"+from+",", 7) + "*" + from + "]\n")
	}
	return b.String()
}

// request returns a bomb as a request of the first person, or of their program where it is one for the API.
func (b bomb) request(ctx context.Context, s *lab.Server, p lab.Person, token string) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, b.method, "http://"+s.Address+b.path, bytes.NewReader(b.body))
	if err != nil {
		return nil, err
	}
	if b.kind != "" {
		request.Header.Set("Content-Type", b.kind)
	}
	if strings.HasPrefix(b.path, "/api/") {
		request.Header.Set("Authorization", "Bearer "+token)
	} else {
		request.Header.Set("Cookie", p.Cookie)
	}
	return request, nil
}

// blast is what a bomb did.
type blast struct {
	status    int
	added     float64 // MB of resident memory
	processor time.Duration
	afterward time.Duration // of a processor, when the client had gone for half a second
}

// throwBombs sends every bomb to a server that was started for it, once to the end and once from a client that goes.
func throwBombs(ctx context.Context, t *trial) (finding, error) {
	folder, a, err := t.armed(ctx)
	if err != nil {
		return finding{}, err
	}
	return t.throwAll(ctx, folder, a, a.bombs())
}

// throwAll sends bombs, each to a server that was started for it on a copy of the folder.
func (t *trial) throwAll(ctx context.Context, folder string, a *arms, bombs []bomb) (finding, error) {
	f := finding{met: true}
	var worst, longest, latest blast
	var heavy, slow, late string
	var lines strings.Builder
	for _, one := range bombs {
		got, err := t.throw(ctx, folder, a, one)
		if err != nil {
			return finding{}, fmt.Errorf("%s: %w", one.name, err)
		}
		if got.added >= worst.added {
			worst, heavy = got, one.name
		}
		if got.processor >= longest.processor {
			longest, slow = got, one.name
		}
		if got.afterward >= latest.afterward {
			latest, late = got, one.name
		}
		if got.added > mostAdded || got.processor > mostProcessor || got.afterward > mostAfterward || got.status >= http.StatusInternalServerError {
			f.met = false
		}
		fmt.Fprintf(&lines, "\n       %-42s %d, %.0f MB, %s, then %s", one.name, got.status, got.added, milliseconds(got.processor), milliseconds(got.afterward))
	}
	f.figure = fmt.Sprintf("at most %.0f MB (%s), %s (%s); %s after the client had gone (%s)",
		worst.added, heavy, milliseconds(longest.processor), slow, milliseconds(latest.afterward), late)
	f.said = "status, memory added, processor time, processor time when the client had gone" + lines.String()
	return f, nil
}

// throw sends one bomb, on a copy of the folder.
func (t *trial) throw(ctx context.Context, folder string, a *arms, b bomb) (got blast, err error) {
	data, err := t.copied(folder)
	if err != nil {
		return got, err
	}
	s, err := lab.Start(ctx, t.Binary, data)
	if err != nil {
		return got, err
	}
	defer func() { err = errors.Join(err, s.Kill()) }()
	if err := t.look(ctx, s); err != nil {
		return got, err
	}
	if got, err = t.toTheEnd(ctx, s, a, b); err != nil {
		return got, err
	}
	got.afterward, err = t.abandoned(ctx, s, a, b)
	return got, err
}

// toTheEnd sends a bomb and reads the answer.
func (t *trial) toTheEnd(ctx context.Context, s *lab.Server, a *arms, b bomb) (got blast, err error) {
	if err := s.ForgetPeak(); err != nil {
		return got, err
	}
	before, err := s.Memory("VmRSS")
	if err != nil {
		return got, err
	}
	began, err := s.Processor()
	if err != nil {
		return got, err
	}
	request, err := b.request(ctx, s, t.example.People[0], a.token)
	if err != nil {
		return got, err
	}
	response, err := lab.ClientFrom("127.0.0.1").Do(request)
	if err != nil {
		return got, err
	}
	_, err = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
	if err != nil {
		return got, err
	}
	ended, err := s.Processor()
	if err != nil {
		return got, err
	}
	peak, err := s.Memory("VmHWM")
	return blast{status: response.StatusCode, added: peak - before, processor: ended - began}, err
}

// abandoned sends a bomb from a client that goes after a moment, and returns what the server still works after half a
// second.
func (t *trial) abandoned(ctx context.Context, s *lab.Server, a *arms, b bomb) (time.Duration, error) {
	short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	request, err := b.request(short, s, t.example.People[0], a.token)
	if err != nil {
		return 0, err
	}
	if response, err := lab.ClientFrom("127.0.0.1").Do(request); err == nil {
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
	}
	<-time.After(mostAfterward)
	gone, err := s.Processor()
	if err != nil {
		return 0, err
	}
	<-time.After(time.Second)
	later, err := s.Processor()
	return later - gone, err
}
