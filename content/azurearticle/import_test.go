package azurearticle

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// imported reads an article that must be one.
func imported(t testing.TB, name string, data []byte) (*assessment.Questionnaire, content.Losses) {
	t.Helper()
	q, losses, err := Import(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return q, losses
}

// article is an article with some text in its section Security, below a table with one row.
func article(text string) []byte {
	return []byte("# T\n\n## Security\n\n|Recommendation|Benefit|\n|-|-|\n|Do.|Good.|\n\n" + text)
}

// about returns the losses with a place.
func about(losses content.Losses) []string {
	var found []string
	for _, l := range losses {
		if l.Line > 0 {
			found = append(found, l.String())
		}
	}
	return found
}

// drawn is a questionnaire as lines: principles with what they say, their practices below.
func drawn(q *assessment.Questionnaire) string {
	var b strings.Builder
	for _, pillar := range q.Pillars {
		b.WriteString(pillar.ID + "\n")
		for _, p := range pillar.Principles {
			b.WriteString(". " + p.Title + "|" + strings.TrimSpace(strings.TrimPrefix(p.Summary, draftNote)) + "|" + p.Questions[0].Help + "\n")
			for _, one := range p.Questions[0].Practices {
				b.WriteString(".. " + one.Title + "|" + one.Help + "\n")
			}
		}
	}
	return b.String()
}

func TestImport(t *testing.T) {
	q, losses := imported(t, "kitchen.md", fixture(t, "kitchen.md"))
	if q.ID != "design-principles-of-kitchens" || q.Version != "1.0.0" || q.Title != "Design principles of kitchens" ||
		q.Source.Title != "Design principles of kitchens (Azure Well-Architected Framework, 4/5/2031)" ||
		!strings.HasSuffix(q.Summary, "How a kitchen is built.\n\nEvery kitchen is an example. See the pillars.") {
		t.Errorf("head: %+v", q)
	}
	const want = `reliability
. Keep a second stove||
.. Buy two stoves|Buy two stoves. For example, one with gas.
.. Test them, e.g. on Sundays|
. Know what breaks. Take advantage of recipes||Look at these:
.. Gas. It may leak|
.. Water. It may freeze|
. Label everything||
.. Use labels and pens & ink|
security
. Lock the door|Benefit: Nobody steals soup.|
.. Lock the door|
.. Count the keys|
. Hide the knives|Benefit: Nobody cuts.|
.. Hide the knives|
cost-optimization
. Buy flour by the sack|Benefit: Flour is cheap.|
.. Buy flour by the sack|
`
	if got := drawn(q); got != want {
		t.Errorf("got:\n%s", got)
	}
	links := []assessment.Link{{Title: "labels", URL: "https://learn.microsoft.com/azure/well-architected/reliability/labels"},
		{Title: "Label everything", URL: "https://learn.microsoft.com/azure/labels#top"}}
	if got := q.Pillars[0].Principles[2].Questions[0].Practices[0].Links; !slices.Equal(got, links) {
		t.Errorf("links = %v", got)
	}
	for i, want := range []string{"A stove must burn.\n\nRisk: A stove may burn the house.", "Tradeoff: A lock takes time.",
		"Spend little.\n\n- Weigh it.\n\nTip: This icon marks a tradeoff:"} {
		if got := q.Pillars[i].Summary; got != want {
			t.Errorf("summary %d = %q", i, got)
		}
	}
	told := []string{
		`2:1: unsupported front matter keys: author, ms. service`,
		`11:34: the link to "../pillars.md" cannot be kept here: the text is kept without it`,
		`20:1: Reliability: the cell contains 2 principles: they are kept as one`,
		`21:92: Reliability: the link to "./pens.md" is left out: it is not a full address, and the address of the article is not known`,
		`23:3: Reliability: a risk is not a tradeoff: its text is kept with the pillar "Reliability"`,
		`30:1: Security: an empty row of a table is left out`,
		`31:1: Security: the row has 3 cells and its table 2 columns: the text after the last one is left out`,
		`33:3: Security: the callout "Security: A lock takes time" does not name two pillars: its draft is not linked to any`,
		`35:2: Security: the table "Term | Definition" with 1 rows contains neither principles nor recommendations: left out`,
		`59:3: Next step: the link to the next article is left out`,
	}
	if got := about(losses); !slices.Equal(got, told) {
		t.Errorf("losses:\n%s", strings.Join(got, "\n"))
	}
	if text := losses.String(); strings.Count(text, "medium and M") != 1 {
		t.Errorf("risk and effort are not said once:\n%s", text)
	}
	pair := q.Tradeoffs[1]
	if len(q.Tradeoffs) != 2 || q.Tradeoffs[0].Sides[0].Pillars == nil || len(q.Tradeoffs[0].Sides[0].Pillars) != 0 ||
		!slices.Equal(pair.Sides[0].Pillars, []string{"cost-optimization"}) || !slices.Equal(pair.Sides[1].Pillars, []string{"reliability"}) ||
		!strings.HasSuffix(pair.Summary, "Cheap stoves break.\n\nThey burn.") {
		t.Errorf("tradeoffs = %+v", q.Tradeoffs)
	}
}

// A heading that names two pillars joins the callouts below it, and the effects listed there are practices with signals.
func TestImportTradeoffs(t *testing.T) {
	q, losses := imported(t, "t.md", fixture(t, "tradeoffs.md"))
	const note = "Draft: the practices are effects that the article lists. Rewrite each one as something to do.\n\n"
	const want = `security
. Security tradeoffs with Cost Optimization|Draft: each practice is a tradeoff of the article.

A lock is not free.|
.. Settled: More keys|
.. Settled: Slow doors|
cost-optimization
. More keys|` + note + `Keys are copied.

Somebody pays:|
.. A key costs money|A key costs money.

- So does its ring.
.. Lost keys cost twice|
. Slow doors|` + note + `People wait.|
.. People wait|
`
	if got := drawn(q); got != want {
		t.Errorf("got:\n%s", got)
	}
	keys := q.Tradeoffs[0]
	if len(q.Tradeoffs) != 2 || keys.Title != "More keys" || keys.Sides[0].Pillars[0] != "security" ||
		!slices.Equal(keys.Sides[1].Practices, []string{"cost-optimization.more-keys.p1", "cost-optimization.more-keys.p2"}) ||
		keys.Signals[1].When.String() != "!cost-optimization.more-keys.p2" || keys.Signals[1].Says != "Not addressed: Lost keys cost twice." {
		t.Errorf("tradeoffs = %+v", q.Tradeoffs)
	}
	if got, want := about(losses), []string{"23:3: Related links: the section contains no principles: its text is left out (paragraphs and bullets: 1)"}; !slices.Equal(got, want) {
		t.Errorf("losses:\n%s", losses)
	}
}

// An article about one pillar makes one; its headings are references of the principles. A section about two pillars
// without a callout gives neither a principle: callouts elsewhere cannot be joined to them.
func TestImportPairWithoutCallouts(t *testing.T) {
	q, losses := imported(t, "a.md", []byte("# T\n\n## Reliability tradeoffs with Security\n\nOnly text.\n\n## Odd\n\n|Approach|\n|-|\n|Do.|\n\n"+
		"> **Tradeoff: Security and Reliability.** a\n\n## Empty\n"))
	if len(q.Pillars) != 1 || len(q.Tradeoffs) != 1 || len(q.Tradeoffs[0].Sides[0].Pillars)+len(q.Tradeoffs[0].Sides[1].Pillars) > 0 {
		t.Errorf("got %+v", q)
	}
	const want = `5:1: Reliability tradeoffs with Security: the section contains no principles: its text is left out (paragraphs and bullets: 1)
13:3: Odd: the callout "Security and Reliability" names a pillar without principles: its draft is not linked to pillars
15:4: Empty: the section is empty: it is left out`
	if got := strings.Join(about(losses), "\n"); got != want {
		t.Errorf("losses:\n%s", got)
	}
}

// A pillar all of whose principles are too many is in no tradeoff.
func TestImportDroppedPillar(t *testing.T) {
	rows := strings.Repeat("|Do.|\n", 2_000)
	q, losses := imported(t, "a.md", []byte("# T\n\n## Security\n\n|Approach|\n|-|\n"+rows+"\n> **Tradeoff: Security and Reliability.** a\n\n"+
		"## Reliability\n\nText.\n\n|Approach|\n|-|\n|Do.|\n"))
	if sides := q.Tradeoffs[0].Sides; len(q.Pillars) != 1 || len(sides[0].Pillars) != 1 || len(sides[1].Pillars) != 0 {
		t.Errorf("%d pillars, sides %+v", len(q.Pillars), sides)
	}
	if want := `the pillar "Reliability" has no principles that can be kept: it is left out, with its text (paragraphs: 1)`; !strings.Contains(losses.String(), want) {
		t.Errorf("%s\nis not in\n%s", want, losses)
	}
}

func TestImportOnePillar(t *testing.T) {
	data := []byte("# Reliability design principles\n\n## Recover\n\nOften.\n\n|Approach|Benefits|\n|-|-|\n|[Test](checklist.md) it.|Good.|\n\n## Rest\n\nSleep.\n\n> ![Trade-off icon](../_images/trade-off.svg) *Trade-off:* Sleep costs time.\n")
	q, losses := imported(t, "a.md", data)
	p := q.Pillars[0]
	if len(q.Pillars) != 1 || p.ID != "reliability" || p.Summary != "Recover\n\nOften.\n\nTradeoff: Sleep costs time." || !slices.Equal(p.Principles[0].Source, []string{"Recover"}) {
		t.Errorf("pillars = %+v", q.Pillars)
	}
	want := assessment.Link{Title: "Test", URL: "https://learn.microsoft.com/azure/well-architected/reliability/checklist"}
	if got := p.Principles[0].Questions[0].Practices[0].Links; !slices.Equal(got, []assessment.Link{want}) {
		t.Errorf("links = %v", got)
	}
	if !strings.Contains(losses.String(), "13:1: Rest: the section contains no principles: its text is left out") {
		t.Errorf("losses:\n%s", losses)
	}
}

func TestImportFiles(t *testing.T) {
	want, _ := imported(t, "kitchen.md", fixture(t, "kitchen.md"))
	for name, data := range map[string][]byte{
		"CRLF": bytes.ReplaceAll(fixture(t, "kitchen.md"), []byte("\n"), []byte("\r\n")),
		"BOM":  append([]byte("\ufeff"), fixture(t, "kitchen.md")...),
	} {
		if got, _ := imported(t, "kitchen.md", data); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another questionnaire", name)
		}
	}
}

func TestFrontMatter(t *testing.T) {
	body := string(article(""))
	tests := []struct {
		name, head, title string
		want              []string
	}{
		{"none", "", "T", nil},
		{"a list and trailing spaces", "---  \ntitle: A  \nproducts:\n  - b\n---\n", "A", []string{"2:1: unsupported front matter keys: products"}},
		{"a key twice", "---\ntitle: A\ntitle: B\n---\n", "A", []string{`3:1: the key "title" is already used: left out`}},
		{"no YAML", "---\ntitle: 'A\nx: [\n---\n", "A", []string{"2:1: the front matter is not a YAML mapping: only title, description and date are read"}},
		{"no end", "---\ntitle: A\n\n", "A", []string{"3:1: the front matter has no end: it is read up to here"}},
		{"too deep", "---\ntitle: " + strings.Repeat("{", 10_001) + "\n---\n", strings.Repeat("{", 498) + "…",
			[]string{"2:1: the front matter is not a YAML mapping: only title, description and date are read"}},
		{"aliases", "---\ntitle: A\na: &a [*a, *a]\n---\n", "A", []string{"2:1: unsupported front matter keys: a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, losses := imported(t, "a.md", []byte(tt.head+body))
			if got := about(losses); len(q.Title) < 100 && q.Title != tt.title || !slices.Equal(got, tt.want) {
				t.Errorf("title %q, losses:\n%s", q.Title, strings.Join(got, "\n"))
			}
		})
	}
}

// Samples that an article must be read completely; the folder is the one that PLUMBLINE_SAMPLES names.
func TestSamples(t *testing.T) {
	folder := os.Getenv("PLUMBLINE_SAMPLES")
	files, err := filepath.Glob(filepath.Join(folder, "azure-article", "*.md"))
	if err != nil || folder != "" && len(files) == 0 {
		t.Fatalf("no articles in %s: %v", folder, err)
	}
	counts := map[string][3]int{"cost-tradeoffs.md": {5, 15, 11}, "reliability-principles.md": {1, 26, 0}, "saas-design-principles.md": {5, 21, 5}}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		q, _ := imported(t, file, data)
		got := [3]int{len(q.Pillars), 0, len(q.Tradeoffs)}
		for _, p := range q.Pillars {
			got[1] += len(p.Principles)
		}
		if want, known := counts[filepath.Base(file)]; known && got != want {
			t.Errorf("%s: %v pillars, principles and tradeoffs, want %v", filepath.Base(file), got, want)
		}
	}
}
