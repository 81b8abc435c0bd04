package difference

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// changed returns a short text for each part that differs.
func changed(d *Difference) []string {
	list := []string{}
	for _, part := range d.Parts {
		var fields []string
		for _, field := range part.Fields {
			if part.Class == Changed {
				fields = append(fields, fmt.Sprintf("%s: %s > %s", field.Field, field.Before, field.After))
			}
		}
		text := fmt.Sprintf("%s %s %s %s", part.Class, part.Kind, part.ID, strings.Join(fields, "; "))
		list = append(list, strings.TrimSpace(text))
	}
	return list
}

func TestBetween(t *testing.T) {
	first := func(q *assessment.Questionnaire) *assessment.Question {
		return &q.Pillars[0].Principles[0].Questions[0]
	}
	tests := []struct {
		name string
		edit func(*assessment.Questionnaire)
		want []string
	}{
		{"nothing", func(*assessment.Questionnaire) {}, []string{}},
		{"version", func(q *assessment.Questionnaire) { q.Version = "9.0.0" }, []string{}},
		{"reworded", func(q *assessment.Questionnaire) { first(q).Practices[0].Help = "Why." },
			[]string{"changed practice x help:  > Why."}},
		{"risk, weight and effort", func(q *assessment.Questionnaire) {
			p := &first(q).Practices[0]
			p.Risk, p.Weight, p.Effort = assessment.Low, 1.5, assessment.EffortL
		}, []string{"changed practice x risk: high > low; weight: 5 > 1.5; effort: S > L"}},
		{"removed", func(q *assessment.Questionnaire) { first(q).Practices = first(q).Practices[:2] }, []string{"removed practice z"}},
		{"added", func(q *assessment.Questionnaire) {
			first(q).Practices = append(first(q).Practices, assessment.Practice{ID: "r", Title: "r.", Risk: assessment.Low, Weight: 1, Effort: assessment.EffortS})
		}, []string{"added practice r"}},
		{"other order", func(q *assessment.Questionnaire) {
			p := first(q).Practices
			first(q).Practices = []assessment.Practice{p[2], p[0], p[1]}
		}, []string{"changed practice z order: after y > first"}},
		{"other question", func(q *assessment.Questionnaire) {
			to := &q.Pillars[1].Principles[0].Questions[0]
			to.Practices = append(to.Practices, first(q).Practices[0])
			first(q).Practices = first(q).Practices[1:]
		}, []string{"changed practice x question: q1 > q4"}},
		{"pillar removed", func(q *assessment.Questionnaire) { q.Pillars = q.Pillars[:1]; q.Tradeoffs = nil }, []string{
			"removed pillar B", "removed principle b1", "removed question q4", "removed practice s", "removed practice t",
			"removed tradeoff t1", "removed tradeoff t2", "removed tradeoff t3"}},
		{"signal", func(q *assessment.Questionnaire) {
			q.Tradeoffs[0].Signals = []assessment.Signal{{When: exampletest.MustParse("x"), Says: "It pulls hard."}}
		}, []string{"changed tradeoff t1 signals: x && !v\n!(y || t) > x; " +
			"signal sentences: x without v.\nNeither y nor t. > It pulls hard."}},
		{"rule", func(q *assessment.Questionnaire) {
			first(q).RiskRules = []assessment.RiskRule{{When: exampletest.MustParse("x && y"), Risk: assessment.None}}
		},
			[]string{"changed question q1 risk rules:  > x && y: none"}},
		{"facet", func(q *assessment.Questionnaire) { q.Facets = []assessment.Facet{{ID: "f", Title: "Is it f?"}} }, []string{"added facet f"}},
		{"levels said", func(q *assessment.Questionnaire) {
			q.Scoring = assessment.ScoreLevels
			q.Tradeoffs[0].Signals[0].Kind = assessment.Tension
		}, []string{}},
		{"rating", func(q *assessment.Questionnaire) { first(q).Practices[0].Risk, first(q).Practices[0].Effort = "", "" },
			[]string{"changed practice x risk: high > not rated; effort: S > not rated"}},
		{"scope", func(q *assessment.Questionnaire) {
			first(q).Practices[0].AppliesWhen, first(q).Practices[0].DependsOn = exampletest.MustParse("@f || @g"), []string{"model"}
		}, []string{"changed practice x applies when:  > @f || @g; depends on:  > model"}},
		{"names", func(q *assessment.Questionnaire) {
			p := &first(q).Practices[0]
			p.Aka, p.Related, p.SameSince = []string{"a", "b"}, []string{"y"}, "1.0.0"
			p.References = map[string][]string{"nist": {"MAP 1"}, "iso": {"A.1", "A.2"}}
		}, []string{"changed practice x same since:  > 1.0.0; also known as:  > a\nb; related:  > y; references:  > iso A.1\niso A.2\nnist MAP 1"}},
		{"kind", func(q *assessment.Questionnaire) {
			q.Tradeoffs[0].Signals = slices.Clone(q.Tradeoffs[0].Signals)
			q.Tradeoffs[0].Signals[1].Kind, q.Tradeoffs[0].Source = assessment.BlindSpot, []string{"T1"}
		}, []string{"changed tradeoff t1 source:  > T1; blind spots:  > !(y || t)"}},
		{"band", func(q *assessment.Questionnaire) { q.Bands[1].From = 50 }, []string{"changed band moderate from: 33 > 50"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := exampletest.Clone(exampletest.Questionnaire())
			q.Bands = slices.Clone(q.Bands)
			tt.edit(q)
			if got := changed(Between(exampletest.Questionnaire(), q)); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestDifferenceOfScoring(t *testing.T) {
	q := exampletest.Clone(exampletest.Questionnaire())
	q.Title, q.Source = "Another title", assessment.Source{Title: "A book", URL: "https://example.org", Licence: "CC BY 4.0"}
	var got []string
	for _, field := range Between(exampletest.Questionnaire(), q).Fields {
		got = append(got, field.Field+": "+field.Before+" > "+field.After)
	}
	want := []string{"title: " + exampletest.Questionnaire().Title + " > Another title", "source title:  > A book",
		"source address:  > https://example.org", "licence:  > CC BY 4.0"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestDifferenceOfTheWhole(t *testing.T) {
	q := exampletest.Clone(exampletest.Questionnaire())
	q.Scoring, q.SharesIDsWith = assessment.ScoreWeights, []string{"other"}
	want := []Field{{"scoring", FieldValue, "levels", "weights"}, {"shares IDs with", FieldReference, "", "other"}}
	if got := Between(exampletest.Questionnaire(), q).Fields; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDifferenceJSON(t *testing.T) {
	q := exampletest.Clone(exampletest.Questionnaire())
	q.Version = "1.1.0"
	q.Pillars[0].Principles[0].Questions[0].Practices[0].Risk = assessment.Medium
	d := Between(exampletest.Questionnaire(), q)
	d.Totals = d.Totals[5:6]
	got, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"before":{"id":"example","version":"` + exampletest.Questionnaire().Version + `"},"after":{"id":"example","version":"1.1.0"},"fields":[],` +
		`"totals":[{"kind":"practice","added":0,"removed":0,"changed":1,"same":6,"reworded":0,"revalued":1,"reruled":0,"resourced":0,"moved":0}],` +
		`"parts":[{"kind":"practice","id":"x","title":"x is done.","pillar":"A","class":"changed",` +
		`"fields":[{"field":"risk","kind":"value","before":"high","after":"medium"}]}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestDifferenceIsEmptyForTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := exampletest.DrawPair(t)
		one, err := assessment.Canonical(a)
		if err != nil {
			t.Fatal(err)
		}
		other, err := assessment.Canonical(b)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := Between(a, b).Empty(), string(one) == string(other); got != want {
			t.Errorf("Empty() = %v, want %v", got, want)
		}
	})
}

// reversed returns the difference as it is the other way round, by kind and id.
func reversed(d *Difference) map[partKey][]Field {
	all := map[partKey][]Field{}
	for _, part := range d.Parts {
		fields := []Field{{Field: string(map[Class]Class{
			Added: Removed, Removed: Added, Changed: Changed}[part.Class])}}
		for _, field := range part.Fields {
			field.Before, field.After = field.After, field.Before
			fields = append(fields, field)
		}
		all[partKey{part.Kind, part.ID}] = fields
	}
	return all
}

func forward(d *Difference) map[partKey][]Field {
	all := map[partKey][]Field{}
	for _, part := range d.Parts {
		all[partKey{part.Kind, part.ID}] = append([]Field{{Field: string(part.Class)}}, part.Fields...)
	}
	return all
}

func TestDifferenceIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := exampletest.DrawPair(t)
		there, back := Between(a, b), Between(b, a)
		if got, want := reversed(there), forward(back); !reflect.DeepEqual(got, want) {
			t.Errorf("there, reversed: %v\nback: %v", got, want)
		}
		for i, total := range there.Totals {
			total.Added, total.Removed = total.Removed, total.Added
			if total != back.Totals[i] {
				t.Errorf("totals %+v, back %+v", total, back.Totals[i])
			}
		}
	})
}

func TestEveryPartIsInOneClass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := exampletest.DrawPair(t)
		d := Between(a, b)
		seen := map[partKey]bool{}
		for _, part := range d.Parts {
			key := partKey{part.Kind, part.ID}
			if seen[key] {
				t.Errorf("%v is listed twice", key)
			}
			seen[key] = true
			if part.Class == Changed && len(part.Fields) == 0 {
				t.Errorf("%v changed in nothing", key)
			}
			for _, field := range part.Fields {
				if field.Before == field.After {
					t.Errorf("%v: %s is %q before and after", key, field.Field, field.Before)
				}
			}
		}
		both := newOutline(a).parts
		for key, part := range newOutline(b).parts {
			both[key] = part
		}
		all := map[assessment.PartKind]int{}
		for key := range both {
			all[key.kind]++
		}
		for _, kind := range assessment.PartKinds() {
			total := d.Total(kind)
			if got := total.Added + total.Removed + total.Changed + total.Same; got != all[kind] || total.Same < 0 {
				t.Errorf("%+v, want %d in all", total, all[kind])
			}
		}
	})
}

// few moves as a person would count them: taking one practice to the front is one move.
func TestFewMove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := exampletest.Questionnaire()
		question := &q.Pillars[0].Principles[0].Questions[0]
		question.RiskRules, q.Tradeoffs, question.Practices = nil, nil, nil
		for i := range rapid.IntRange(2, 30).Draw(t, "practices") {
			question.Practices = append(question.Practices, exampletest.DrawPractice(t, fmt.Sprintf("n%02d", i), nil))
		}
		other := exampletest.Clone(q)
		moved := other.Pillars[0].Principles[0].Questions[0].Practices
		from := rapid.IntRange(0, len(moved)-1).Draw(t, "from")
		one := moved[from]
		moved = slices.Delete(moved, from, from+1)
		to := rapid.IntRange(0, len(moved)).Draw(t, "to")
		other.Pillars[0].Principles[0].Questions[0].Practices = slices.Insert(moved, to, one)
		want := 1
		if from == to {
			want = 0
		}
		if got := len(Between(q, other).Parts); got != want {
			t.Errorf("%d moved, want %d", got, want)
		}
	})
}
