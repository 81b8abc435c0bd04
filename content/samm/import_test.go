package samm

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
)

func TestImport(t *testing.T) {
	q, losses := imported(t, cellar())
	if q.ID != "owasp-samm" || q.Version != "1.0.0" || q.Source.Licence != "Free for Cellars 1.0" {
		t.Errorf("head: %+v", q)
	}
	if len(q.Pillars) != 2 || q.Pillars[0].ID != "B" || q.Pillars[1].Summary != "How wine is kept.\n\nFor years." {
		t.Fatalf("pillars: %+v", q.Pillars)
	}
	labels := q.Pillars[1].Principles[0]
	if labels.ID != "K-LA" || labels.Summary != "Labels tell. More of it." || !slices.Equal(labels.Source, []string{"p1", "s1"}) {
		t.Errorf("principle: %+v", labels)
	}
	stream := labels.Questions[0]
	if stream.ID != "K-LA-A" || stream.Title != "Reading labels" || len(stream.Practices) != 2 || stream.Practices[1].ID != "K-LA-2-A" {
		t.Fatalf("question: %+v", stream)
	}
	want := assessment.Practice{ID: "K-LA-1-A", Title: "Label every bottle", Risk: assessment.Medium, Weight: 3, Effort: assessment.EffortM,
		Help: "Does every bottle have a label?\n\nEach has one.\n\nCounts as adopted when:\n- It is legible\n- It says the year\n\n" +
			"Not yet: No\nPartially: Yes, some; Yes, half\nAdopted: Yes, all\n\nMaturity level 1: Know what is there.",
		Advice: "Use ink:\n- black\n- blue\n\nSee the shop.\n\nBenefit: Nobody guesses",
		Links:  []assessment.Link{{Title: "the shop", URL: "https://example.org/ink"}, {Title: "Glue", URL: "https://example.org/glue"}},
		Source: []string{"q1", "a1"}}
	if got := stream.Practices[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got, want := stream.Practices[1].Advice, "Write.\n\nRoles:\n- Cellarer\n\nRelated:\n- Label every bottle"; got != want {
		t.Errorf("advice = %q, want %q", got, want)
	}
	told := []string{
		`model/activities/B-TA-1-A.yml:1:1: no question asks about the activity: its title is the only practice`,
		`model/activities/K-LA-1-A.yml:16:8: notes: a note by the authors, left out except for its links: "**References**\n- [Glue](https://example.org/glue)\n- [Bad](ftp://example.org)"`,
		`model/activities/K-LA-1-A.yml:16:8: notes: not an http or https address: "ftp://example.org" is left out`,
		`model/activities/K-LA-2-A.yml:7:3: results[0]: "result1" has no content: left out`,
		`model/activities/K-LA-2-A.yml:8:8: costs: "TBS." has no content: left out`,
		`model/activities/K-LA-2-A.yml:11:8: notes: "None" has no content: left out`,
		`model/activities/K-LA-2-A.yml:14:3: relatedActivities[1]: no file of the model has the activity "a9": left out`,
		`model/answer_sets/Y.yml:1:1: no question has these answers: left out`,
		`model/answer_sets/Z.yml:3:1: values: the answers become statuses: absent for "No", partial for "Yes, some" and "Yes, half", adopted for "Yes, all"`,
		`model/business_functions/Keep.yml:12:7: logo: not supported, left out: the text "https://example.org/logo.png"`,
		`model/security_practices/K-LA.yml:8:11: assignee: not supported, left out: the text "Ada"`,
		`model/security_practices/K-LA.yml:9:11: progress: not supported, left out: 50`,
	}
	got := lines(losses)
	slices.Sort(got)
	slices.Sort(told)
	if !slices.Equal(got, told) {
		t.Errorf("losses:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(told, "\n"))
	}
	if !has(losses, "which counts ½ where SAMM counts ¼ or ½") {
		t.Errorf("nothing is said about statuses: %s", losses)
	}
}

func TestImportZipIsTheSame(t *testing.T) {
	want, told := imported(t, cellar())
	for _, prefix := range []string{"", "core-main/", "a/b/"} {
		got, losses, err := Import("m", zipped(t, prefix, cellar()))
		for i, l := range losses {
			losses[i].File = strings.TrimPrefix(l.File, prefix)
		}
		if err != nil || !reflect.DeepEqual(got, want) || losses.String() != told.String() {
			t.Errorf("%q: another questionnaire, or other losses: %v\n%s", prefix, err, losses)
		}
	}
	windows := map[string]string{}
	for name, text := range cellar() {
		windows[name] = "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")
	}
	windows["license.txt"] = cellar()["license.txt"]
	if got, _ := imported(t, windows); !reflect.DeepEqual(got, want) {
		t.Error("CRLF and a byte order mark make another questionnaire")
	}
}

func TestImportIncomplete(t *testing.T) {
	const activity = "model/activities/K-LA-1-A.yml"
	tests := []struct {
		name    string
		changes map[string]string
		want    string
	}{
		{"no stream", map[string]string{"model/streams/K-LA-A.yml": ""},
			`model/activities/K-LA-1-A.yml:1:9: stream: no file of the model has the stream "s1": the activity is left out`},
		{"no function", map[string]string{"model/business_functions/Keep.yml": ""},
			`model/security_practices/K-LA.yml:1:11: function: no file of the model has the business function "f1": the security practice is left out`},
		{"no answers", map[string]string{"model/answer_sets/Z.yml": ""},
			`questions/K-LA-1-A.yml:2:12: answerSet: no file of the model has the answer set "z": the question has no answers`},
		{"no level", map[string]string{"model/practice_levels/K-LA-1.yml": ""},
			`model/activities/K-LA-1-A.yml:2:8: level: no file of the model has the practice level "l1": the activity has no maturity level`},
		{"no maturity", map[string]string{"model/maturity_levels/1.yml": ""},
			`practice_levels/K-LA-1.yml:2:16: maturityLevel: no file of the model has the maturity level "m1": its activities have no maturity level`},
		{"no activity", map[string]string{activity: ""},
			`questions/K-LA-1-A.yml:1:11: activity: no file of the model has the activity "a1": the question is left out`},
		{"nothing named", map[string]string{activity: "id: a1\ntype: Activity\n"},
			`model/activities/K-LA-1-A.yml:1:1: stream: expected the ID of a stream, found nothing: the activity is left out`},
		{"no id", map[string]string{activity: "stream: s1\ntype: Activity\n"},
			`model/activities/K-LA-1-A.yml:1:1: id: the activity has no ID that others can refer to: the file is left out`},
		{"id twice", map[string]string{"model/activities/copy.yml": "id: a1\ntype: Activity\n"},
			`model/activities/copy.yml:1:5: id: the ID "a1" is already used by activities/K-LA-1-A.yml: the file is left out`},
		{"no type", map[string]string{activity: "stream: s1\nlevel: l1\nid: a1\ntitle: X\n"},
			`model/activities/K-LA-1-A.yml:1:1: the file has no type: read as activity, based on its folder`},
		{"other type", map[string]string{"model/README.yml": "type: Note\n"},
			`README.yml:1:7: type: not a file type of the model: "Note"; the file is left out`},
		{"no title", map[string]string{activity: "stream: s1\nlevel: l1\nid: a1\ntype: Activity\n"},
			`model/activities/K-LA-1-A.yml:1:1: title: there is no text: "K-LA-1-A" is used`},
		{"text of keys", map[string]string{activity: "stream: s1\nlevel: l1\nid: a1\ntitle: {a: b}\ntype: Activity\n"},
			`model/activities/K-LA-1-A.yml:4:8: title: expected text, found keys with values: left out`},
		{"order", map[string]string{"model/business_functions/Buy.yml": "id: f2\nname: Buying\norder: first\ntype: Function\n"},
			`model/business_functions/Buy.yml:3:8: order: expected a number, found the text "first": left out`},
		{"weight", map[string]string{"model/answer_sets/Z.yml": "id: z\nvalues: [{text: A, value: 1, weight: 2}, {text: B}, C]\ntype: AnswerSet\n"},
			`model/answer_sets/Z.yml:2:38: values[0].weight: all answers have the same weight here: 2 is left out`},
		{"no value", map[string]string{"model/answer_sets/Z.yml": "id: z\nvalues: [{text: A, value: 1, weight: 2}, {text: B}, C]\ntype: AnswerSet\n"},
			`model/answer_sets/Z.yml:2:42: values[1]: expected an answer with a text and a value from 0 to 1: left out`},
		{"two questions", map[string]string{"model/questions/more.yml": "activity: a1\nanswerSet: z\nid: q9\ntext: And the cork?\norder: 2\ntype: Question\n"},
			`questions/more.yml:1:1: the ID "K-LA-1-A" cannot be kept, or is already used: K-LA-1-A-2 is used`},
		{"two models", map[string]string{"model/nl/business_functions/X.yml": "id: f8\n"}, `model/nl: another model, left out: the one in model is read`},
		{"no licence", map[string]string{"license.txt": ""}, `there is no license file`},
		{"nothing below", map[string]string{"model/streams/B-TA-A.yml": ""}, `model/business_functions/Buy.yml:1:1: no security practice of the business function can be kept: left out`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, losses := imported(t, cellarWith(tt.changes))
			if !has(losses, tt.want) {
				t.Errorf("%s\nis not in\n%s", tt.want, losses)
			}
		})
	}
}

func TestImportOrder(t *testing.T) {
	q, _ := imported(t, cellarWith(map[string]string{"model/business_functions/Buy.yml": "id: f2\nname: Käufe\norder: 3\ntype: Function\n",
		"model/activities/K-LA-2-A.yml": "stream: s1\nlevel: l0\nid: a2\ntitle: Label every rack\ntype: Activity\n"}))
	var ids []string
	for _, pillar := range q.Pillars {
		for _, practice := range pillar.Principles[0].Questions[0].Practices {
			ids = append(ids, pillar.ID+" "+practice.ID)
		}
	}
	if want := []string{"K K-LA-x-A", "K K-LA-1-A", "K-2 K-TA-1-A"}; !slices.Equal(ids, want) {
		t.Errorf("ids = %q, want %q", ids, want)
	}
}

// Models in the folder that PLUMBLINE_SAMPLES names are read too.
func TestImportSamples(t *testing.T) {
	samples, err := filepath.Glob(filepath.Join(os.Getenv("PLUMBLINE_SAMPLES"), "samm", "*"))
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("PLUMBLINE_SAMPLES") == "" {
		samples = nil
	}
	for _, sample := range samples {
		q, losses, err := ImportFS(sample, os.DirFS(sample))
		if err != nil {
			t.Error(err)
			continue
		}
		t.Logf("%s: %d pillars, %d losses", sample, len(q.Pillars), len(losses))
	}
}
