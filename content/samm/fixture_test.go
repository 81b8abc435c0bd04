package samm

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"plumbline/assessment"
	"plumbline/content"
)

// cellar is a small model of our own, with what is odd about the real one.
func cellar() map[string]string {
	return map[string]string{
		"license.txt":                        "Free for Cellars 1.0\n\nAnd so on.\n",
		"crowdin.yml":                        "files: [x]\n",
		"model/business_functions/Keep.yml":  "---\n# A comment\nmodel: CELLAR1\nid: f1\nname: Keeping\ndescription: |\n  How wine is kept.\n\n  For years.\ncolor:\n  #993300\nlogo: https://example.org/logo.png\norder: 2\ntype: Function\n",
		"model/business_functions/Buy.yml":   "id: f2\nname: Buying\norder: 1\ntype: Function\n",
		"model/security_practices/K-LA.yml":  "function: f1\nid: p1\nname: Labels\nshortName: LA\nshortDescription: Labels tell.\nlongDescription: Labels tell. More of it.\norder: 1\nassignee: Ada\nprogress: 50\ntype: Practice\n",
		"model/security_practices/B-TA.yml":  "function: f2\nid: p2\nname: Tasting\nshortName: TA\ntype: Practice\n",
		"model/streams/K-LA-A.yml":           "practice: p1\nid: s1\nname: Reading labels\nletter: A\norder: 1\ntype: Stream\n",
		"model/streams/B-TA-A.yml":           "practice: p2\nid: s2\nname: Taste first\nletter: A\ntype: Stream\n",
		"model/maturity_levels/1.yml":        "id: m1\nnumber: 1\ndescription: Begun.\ntype: MaturityLevel\n",
		"model/maturity_levels/2.yml":        "id: m2\nnumber: 2\ndescription: Done.\ntype: MaturityLevel\n",
		"model/practice_levels/K-LA-1.yml":   "practice: p1\nmaturityLevel: m1\nid: l1\nobjective: Know what\n  is there.\ntype: PracticeLevel\n",
		"model/practice_levels/K-LA-2.yml":   "practice: p1\nmaturityLevel: m2\nid: l2\nobjective: Know all.\ntype: PracticeLevel\n",
		"model/activities/K-LA-2-A.yml":      "stream: s1\nlevel: l2\nid: a2\ntitle: Label every rack\nlongDescription: Write.\nresults:\n- result1\ncosts: TBS.\npersonnel:\n- Cellarer\nnotes: None\nrelatedActivities:\n- a1\n- a9\ntype: Activity\n",
		"model/activities/K-LA-1-A.yml":      "stream: s1\nlevel: l1\nid: a1\ntitle: Label every bottle\nbenefit: Nobody guesses\nshortDescription: Each has one.\nlongDescription: |\n  Use `ink`:\n  * black\n  * **blue**\n\n\n\n  See [the shop](https://example.org/ink).\nresults:\nnotes: |\n  **References**\n  - [Glue](https://example.org/glue)\n  - [Bad](ftp://example.org)\ntype: Activity\n",
		"model/activities/B-TA-1-A.yml":      "stream: s2\nlevel: l1\nid: a3\ntitle: Taste\ntype: Activity\n",
		"model/questions/K-LA-1-A.yml":       "activity: a1\nanswerSet: z\nid: q1\ntext: Does every bottle have\n  a label?\norder: 1\nquality:\n- It is legible\n- \"It says\\u00a0the year\"\ntype: Question\n",
		"model/questions/K-LA-2-A.yml":       "activity: a2\nanswerSet: z\nid: q2\ntext: Does every rack?\norder: 1\ntype: Question\n",
		"model/answer_sets/Z.yml":            "id: z\nvalues:\n- text: Yes, all\n  value: 1\n  weight: 1\n  order: 3\n- text: No\n  value: 0\n  weight: 1\n  order: 0\n- text: Yes, some\n  value: 0.25\n  weight: 1\n  order: 1\n- text: Yes, half\n  value: 0.5\n  weight: 1\n  order: 2\ntype: AnswerSet\n",
		"model/answer_sets/Y.yml":            "id: y\nvalues: []\ntype: AnswerSet\n",
		".github/workflows/yaml-process.yml": "on: push\n",
	}
}

// cellarWith is the cellar with some files replaced; an empty text removes a file.
func cellarWith(changes map[string]string) map[string]string {
	files := cellar()
	maps.Copy(files, changes)
	maps.DeleteFunc(files, func(_, text string) bool { return text == "" })
	return files
}

func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func zipped(t testing.TB, prefix string, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(prefix + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// imported reads a model that must be one.
func imported(t testing.TB, files map[string]string) (*assessment.Questionnaire, content.Losses) {
	t.Helper()
	q, losses, err := ImportFS("m", folder(files))
	if err != nil {
		t.Fatal(err)
	}
	return q, losses
}

// lines returns losses without those about the model as a whole.
func lines(losses content.Losses) []string {
	var said []string
	for _, l := range losses {
		if l.Line > 0 {
			said = append(said, l.String())
		}
	}
	return said
}

func has(losses content.Losses, want string) bool {
	return slices.ContainsFunc(losses, func(l content.Loss) bool { return strings.Contains(l.String(), want) })
}
