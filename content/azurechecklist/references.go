package azurechecklist

import (
	"strings"

	"plumbline/content/foreign"
)

// references fills in the references that the package comment describes, and counts what has no place at all.
func (i *item) references() {
	i.refer("", i.id)
	i.refer("service:", i.service)
	for _, one := range i.List("services") {
		i.refer("service:", one.OneLine(one.Raw()))
	}
	i.refer("arm-service:", i.Line("arm-service"))
	if kind := i.Line("recommendationResourceType"); kind != i.service {
		i.refer("resource-type:", kind)
	}
	i.refer("checklist:", i.Line("checklist"))
	i.refer("type:", i.Line("type"))
	i.refer("file:", i.Line("source"))
	for _, tag := range i.List("tags") {
		if tag.Kind == foreign.Nothing {
			tag.Count("a tag is null: left out")
		}
		i.refer("tag:", tag.OneLine(tag.Raw()))
	}
	i.scores()
	for _, key := range []string{"ammp", "recommendationTypeId", "recommendationMetadataState", "pgVerified", "publishedToLearn",
		"publishedToAdvisor", "automationAvailable"} {
		if i.Has(key) {
			i.Known[key].Count("%q is not supported in a questionnaire: left out", key)
		}
	}
}

func (i *item) refer(kind, text string) { i.Refer(&i.practice.Source, kind, text) }

// scores adds what the item does to the qualities that some checklists score.
func (i *item) scores() {
	for _, key := range []string{"cost", "simple", "security", "ha", "scale"} {
		if s := i.Word(key); s != "" {
			i.refer("score:", key+"="+s)
		}
	}
	if !i.Has("optionalFields") {
		return
	}
	f, ok := i.Known["optionalFields"].Fields("score")
	if !ok || !f.Has("score") {
		return
	}
	score := f.Known["score"]
	if score.Kind != foreign.Object {
		score.Lose("expected an object, found %s: left out", score.Describe())
		return
	}
	for _, m := range score.Members {
		one := score.Member(m)
		switch {
		case one.Kind == foreign.Number:
			i.refer("score:", one.OneLine(m.Key)+"="+one.Text)
		case one.Kind == foreign.Text && m.Key == "graph":
			i.practice.Help = i.Cut(strings.TrimSpace(i.practice.Help+"\n\n"+query(one, one.Text)), foreign.MaxProse)
		default:
			one.Lose("expected a number, found %s: left out", one.Describe())
		}
	}
}

// first returns the first text among keys that mean the same, with the value that it comes from; the object where there
// is none. A later one that says something else is a loss.
func first(f foreign.Fields, keys ...string) (string, foreign.Value) {
	said, at, under := "", f.Value, ""
	for _, key := range keys {
		s := f.Line(key)
		switch {
		case s == "":
		case said == "":
			said, at, under = s, f.Known[key], key
		case !strings.EqualFold(s, said):
			f.Known[key].Lose("%s differs from %q: left out", foreign.Shorten(s), under)
		}
	}
	return said, at
}
