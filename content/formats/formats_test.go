package formats_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/formats"
)

func TestDetect(t *testing.T) {
	tests := []struct {
		name, file, data, want string
	}{
		{"ours", "q.txt", "# first\nformat: plumbline.questionnaire/1\n", formats.OwnKind},
		{"ours as JSON", "q.json", `{"format": "plumbline.questionnaire/1", "pillars": []}`, formats.OwnKind},
		{"lens", "x", `{"schemaVersion": "2021-11-01", "name": "x", "pillars": []}`, "aws-lens"},
		{"broken lens", "x.json", `{"schemaVersion" : "2021-11-01", "pillars": [NaN`, "aws-lens"},
		{"zip", "x", "PK\x03\x04", "samm"},
		{"library", "x", "urn: u\nprovider: p\nobjects:\n  framework: {}\n", "ciso-assistant"},
		{"keys in other shapes", "x", "- 'objects' : {}\n  - \"provider\"\n\t: p\n", "ciso-assistant"},
		{"values like keys", "x", `{"a": "objects", "b": "provider:", objects x: 1}` + "\n", ""},
		{"checklist", "x", `{"items": [{"guid": "g", "text": "t"}]}`, "azure-checklist"},
		{"article", "x", "---\ntitle: x\nms.topic: y\n---\n# X\n", "azure-article"},
		{"article without a head", "x.MD", "# X\n", "azure-article"},
		{"by its ending", "q.YML", "title: x\n", formats.OwnKind},
		{"JSON of nobody", "x.json", `{"a": 1}`, ""},
		{"nothing", "", "", ""},
	}
	for _, tt := range tests {
		f, ok := formats.Detect(tt.file, []byte(tt.data))
		if f.Kind != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: got %q, %v, want %q", tt.name, f.Kind, ok, tt.want)
		}
	}
}

// Whatever is uploaded is looked at.
func TestDetectIsQuick(t *testing.T) {
	for _, part := range []string{"\n", " ", "- ", `"`, "pillars", `"pillars" `, "pillars\n", "ms.topic "} {
		data, best := bytes.Repeat([]byte(part), content.MaxSize/len(part)), time.Hour
		for range 3 { // on a busy machine the quickest run tells what it costs
			begin := time.Now()
			if f, ok := formats.Detect("x", data); ok {
				t.Errorf("%q: detected as %s", part, f.Kind)
			}
			best = min(best, time.Since(begin))
		}
		if best > time.Second/2 {
			t.Errorf("%q: took %v", part, best)
		}
	}
}

func TestKindsAreApart(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range append(formats.All(), formats.Own()) {
		got, ok := formats.ByKind(f.Kind)
		if seen[f.Kind] || !ok || got.Title != f.Title {
			t.Errorf("%s is there twice, or not found", f.Kind)
		}
		seen[f.Kind] = true
		if f.Title == "" || f.Limit <= 0 || len(f.Endings) == 0 {
			t.Errorf("%s: %+v", f.Kind, f)
		}
		for _, ending := range f.Endings {
			if !strings.HasPrefix(ending, ".") || ending != strings.ToLower(ending) {
				t.Errorf("%s: ending %q", f.Kind, ending)
			}
		}
	}
	if _, ok := formats.ByKind("word"); ok {
		t.Error("a format of nobody is found")
	}
}

func TestOwnFormat(t *testing.T) {
	builtin, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := content.WriteQuestionnaire(&file, builtin); err != nil {
		t.Fatal(err)
	}
	q, _, err := formats.Own().Import("q.yaml", file.Bytes())
	if err != nil || q.ID != builtin.ID {
		t.Errorf("the built-in questionnaire: %v", err)
	}
	_, _, err = formats.Own().Import("q.yaml", []byte("format: plumbline.questionnaire/1\nid: '!'\n"))
	if problems, ok := err.(content.Problems); !ok || len(problems) < 2 || problems[0].Line != 1 {
		t.Errorf("a broken one: %v", err)
	}
	_, _, err = formats.Own().Import("q.yaml", make([]byte, content.MaxSize+1))
	if got := assessment.CodeOf(err); got != assessment.TooLarge {
		t.Errorf("too large: %v", err)
	}
}

func TestTooLargeNamesTheLimit(t *testing.T) {
	for _, f := range append(formats.All(), formats.Own()) {
		want := fmt.Sprintf("x is larger than %d MiB", f.Limit>>20)
		if f.Kind == "azure-article" {
			want = "x is larger than 512 KiB"
		}
		data := bytes.Repeat([]byte(" "), int(f.Limit)+1)
		_, _, err := f.Import("x", data)
		_, _, registered := formats.Registry{}.Import(f.Kind, "x", data)
		for _, err := range []error{err, registered} {
			if err == nil || err.Error() != want || assessment.CodeOf(err) != assessment.TooLarge {
				t.Errorf("%s: got %v, want %s", f.Kind, err, want)
			}
		}
	}
}
