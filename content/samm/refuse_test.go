package samm

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/readertest"
)

func TestImportRefuses(t *testing.T) {
	const file = "model/questions/K-LA-1-A.yml"
	var many = map[string]string{}
	for i := range 1_000 {
		many[fmt.Sprintf("model/questions/%03d.yml", i)] = fmt.Sprintf("activity: a1\nid: n%d\ntext: T\ntype: Question\n", i)
	}
	many["model/questions/998.yml"] = "activity: a1\nid: [n\ntext: T\n"
	bomb := "a: &a [x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	tests := []struct {
		name    string
		changes map[string]string
		want    string
	}{
		{"not YAML", map[string]string{file: "a: [b\n"}, "m/" + file + ":2:1: not YAML: did not find expected"},
		{"key twice", map[string]string{file: "id: a\ntext: b\nid: c\n"}, "m/" + file + `:3:1: the key "id" is already used, on line 1 column 1`},
		{"key twice below", map[string]string{file: "id: a\nx:\n- {b: 1, b: 2}\n"}, "m/" + file + `:3:10: the key "b" is already used, on line 3 column 4`},
		{"alias", map[string]string{file: "id: &x a\ntext: *x\n"}, "m/" + file + ":2:7: aliases are not supported"},
		{"alias bomb", map[string]string{file: bomb}, "m/" + file + ":"},
		{"a list", map[string]string{file: "- a\n"}, "m/" + file + ":1:1: expected keys with values, found a list"},
		{"empty", map[string]string{file: "\n"}, "m/" + file + ":1:1: the file is empty"},
		{"trailing data", map[string]string{file: "id: a\n---\nid: b\n"}, "m/" + file + ":2:1: expected one document"},
		{"too deep", map[string]string{file: "id: " + strings.Repeat("[", 10_001)}, "m/" + file + ":1:"},
		{"not UTF-8", map[string]string{file: "id: a\ntext: \xff\n"}, "m/" + file + ":2:7: this is not UTF-8 text"},
		{"too complex", map[string]string{file: "id: [" + strings.Repeat("0,", 200_000)}, "m/" + file + ": up to here there are more than 150000 lines"},
		{"bad file 999 of 1,000", many, "m/model/questions/998.yml:3:5: not YAML"},
		{"nothing to keep", map[string]string{"model/streams/K-LA-A.yml": "", "model/streams/B-TA-A.yml": ""}, "m: nothing in the model can be kept"},
		{"no model", map[string]string{"model/business_functions/Keep.yml": "", "model/business_functions/Buy.yml": ""}, "m: this is not a SAMM model"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			q, losses, err := ImportFS("m", folder(cellarWith(tt.changes)))
			if q != nil || losses != nil || err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if assessment.CodeOf(err) != assessment.Invalid {
				t.Errorf("code = %s", assessment.CodeOf(err))
			}
			if took := time.Since(start); took > time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestImportBounds(t *testing.T) {
	functions, files := map[string]string{}, map[string]string{}
	for i := range 21 {
		functions[fmt.Sprintf("model/business_functions/%02d.yml", i)] = fmt.Sprintf("id: n%d\nname: N\norder: %d\ntype: Function\n", i, i)
	}
	for i := range 2_001 {
		files[fmt.Sprintf("model/x/%d.yml", i)] = "x: y\n"
	}
	tests := []struct {
		name  string
		files map[string]string
		want  string
		code  assessment.Code
	}{
		{"functions", cellarWith(functions), "expected at most 20 business functions, found 23", assessment.Invalid},
		{"files", files, "expected at most 2000 YAML files", assessment.Invalid},
		{"YAML", map[string]string{"a.yml": strings.Repeat("#\n", 1_500_000), "b.yml": strings.Repeat("#\n", 1_500_000)}, "m contains more than 5 MiB of YAML", assessment.TooLarge},
	}
	for _, tt := range tests {
		for kind, read := range map[string]func() error{
			"folder": func() error { _, _, err := ImportFS("m", folder(tt.files)); return err },
			"zip":    func() error { _, _, err := Import("m", zipped(t, "", tt.files)); return err },
		} {
			if err := read(); err == nil || !strings.Contains(err.Error(), tt.want) || assessment.CodeOf(err) != tt.code {
				t.Errorf("%s of %s: %v", kind, tt.name, err)
			}
		}
	}
}

func TestImportRefusesArchives(t *testing.T) {
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"no zip", []byte("PK?"), "m: expected a zip file of the model's folder: not a valid zip file"},
		{"slip", zipped(t, "../", map[string]string{"x.yml": "a: b"}), "m: ../x.yml: the name points outside the archive, or is empty"},
		{"root", zipped(t, "/", map[string]string{"x.yml": "a: b"}), "m: /x.yml: the name points outside"},
		{"drive", zipped(t, "C:", map[string]string{"x.yml": "a: b"}), "m: C:x.yml: the name points outside"},
		{"backslash", zipped(t, "..\\", map[string]string{"x.yml": "a: b"}), `m: ..\x.yml: the name points outside`},
		{"zip in it", zipped(t, "", cellarWith(map[string]string{"inner.ZIP": "x"})), "m: inner.ZIP: a zip inside a zip is not read"},
		{"zip by another name", zipped(t, "", cellarWith(map[string]string{"inner.dat": string(zipped(t, "", cellar()))})), "m/inner.dat: a zip inside a zip is not read"},
		{"name twice", twice(t), "m: a.yml: the name is used twice"},
		{"link", symbolic(t), "m: a.yml: a link or another special file is not read"},
		{"broken", broken(t), "it cannot be unpacked: "},
	}
	for _, tt := range tests {
		q, _, err := Import("m", tt.data)
		if q != nil || err == nil || !strings.Contains(err.Error(), tt.want) || assessment.CodeOf(err) != assessment.Invalid {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	for name, data := range map[string][]byte{
		"packed":   make([]byte, MaxArchive+1),
		"unpacked": zipped(t, "", map[string]string{"a.bin": strings.Repeat("\x00", MaxArchive/2), "b.bin": strings.Repeat("\x00", MaxArchive/2+1)}),
	} {
		if _, _, err := Import("m", data); assessment.CodeOf(err) != assessment.TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func twice(t *testing.T) []byte {
	return entries(t, zip.FileHeader{Name: "a.yml"}, zip.FileHeader{Name: "a.yml"})
}

func symbolic(t *testing.T) []byte {
	header := zip.FileHeader{Name: "a.yml"}
	header.SetMode(os.ModeSymlink | 0o777)
	return entries(t, header)
}

func entries(t *testing.T, headers ...zip.FileHeader) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, header := range headers {
		f, err := w.CreateHeader(&header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("a: b\n")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// broken is a zip whose first file does not hold what its checksum says.
func broken(t *testing.T) []byte {
	data := entries(t, zip.FileHeader{Name: "a.yml", Method: zip.Store})
	return bytes.Replace(data, []byte("a: b"), []byte("a: c"), 1)
}

func TestImportFolderWithLinks(t *testing.T) {
	files := folder(cellar())
	files["model/streams/link.yml"] = &fstest.MapFile{Data: []byte("K-LA-A.yml"), Mode: os.ModeSymlink}
	_, losses, err := ImportFS("m", files)
	if err != nil || !has(losses, "model/streams/link.yml: a link or another special file is not read") {
		t.Errorf("%v\n%s", err, losses)
	}
	if _, _, err := ImportFS("m", os.DirFS(t.TempDir()+"/none")); err == nil || strings.Contains(err.Error(), content.Format) {
		t.Errorf("no folder: %v", err)
	}
}

// Import takes any bytes in any file; what it gives is a questionnaire.
func FuzzImport(f *testing.F) {
	for name, text := range cellar() {
		f.Add(name, text)
	}
	f.Add("model/activities/K-LA-1-A.yml", "stream: s1\nid: \"\\x01\"\ntitle: \" \"\nnotes: '[ ](http://a)'\npersonnel: [[x], {a: b}, ~]\nlevel: l1\ntype: Activity\n")
	f.Add("model/answer_sets/Z.yml", "id: z\nvalues: [{text: \"\\b\", value: .nan}, {value: {}, text: []}, {text: x, value: 1e99, order: .inf}]\n")
	f.Add("license", "\xff\x00")
	f.Fuzz(func(t *testing.T, name, text string) {
		files := cellar()
		maps.Copy(files, map[string]string{name: text})
		var q *assessment.Questionnaire
		var err error
		data := zipped(t, "", files)
		readertest.Within(t, len(data), func() { q, _, err = Import("f", data) })
		if err != nil {
			return
		}
		if _, err := assessment.Compile(q); err != nil {
			t.Errorf("the domain refuses what was read: %v", err)
		}
	})
}
