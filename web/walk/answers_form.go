package walk

import (
	"hash/fnv"
	"net/url"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/web/page"
)

// answerForm is what a form says about one practice.
type answerForm struct {
	practice string
	version  int               // that the form saw, −1 for none
	seen     string            // mark of what the form showed when it was loaded
	mark     string            // the same of what it says now
	stored   int               // version of the answer that the person chose over or under their own
	answer   assessment.Answer // in normal form
	faults   assessment.Errors
	conflict *assessment.AnswerConflict
}

// readAnswer returns what a form says about a practice, and false where the form does not have it. A row of the worksheet
// has no note and no evidence: these stay as they are stored.
func readAnswer(form url.Values, practice string, stored assessment.SavedAnswer) (*answerForm, bool) {
	field := func(name string) string { return name + "." + practice }
	present := slices.ContainsFunc([]string{"status", "version", "note", "reason"}, func(name string) bool { return form.Has(field(name)) })
	if !present {
		return nil, false
	}
	f := &answerForm{
		practice: practice,
		version:  page.VersionIn(form, field("version")),
		seen:     form.Get(field("seen")),
		stored:   page.VersionIn(form, field("stored")),
		answer: assessment.Answer{
			Status:   assessment.Status(form.Get(field("status"))),
			Reason:   form.Get(field("reason")),
			Note:     form.Get(field("note")),
			Evidence: readLinks(form[field("evidence_title")], form[field("evidence_url")], form[field("evidence_remove")]),
		}.Normal(),
	}
	if reason := form.Get(suggestedField + practice); reason != "" {
		f.answer.Status, f.answer.Reason = assessment.NotApplicable, reason
		f.answer = f.answer.Normal()
	}
	f.mark = seenMark(f.answer)
	if !form.Has(field("note")) {
		f.answer.Note, f.answer.Evidence = stored.Note, stored.Evidence
	}
	if faults, ok := assessment.CheckAnswer(f.answer).(assessment.Errors); ok {
		f.faults = faults
	}
	return f, true
}

// readLinks pairs titles and addresses, without the rows to remove.
func readLinks(titles, addresses, remove []string) []assessment.Link {
	var links []assessment.Link
	for i := range max(len(titles), len(addresses)) {
		if slices.Contains(remove, strconv.Itoa(i)) {
			continue
		}
		var link assessment.Link
		if i < len(titles) {
			link.Title = titles[i]
		}
		if i < len(addresses) {
			link.URL = addresses[i]
		}
		links = append(links, link)
	}
	return links
}

func (f *answerForm) save() assessment.SaveAnswer {
	return assessment.SaveAnswer{Practice: f.practice, Version: f.version, Answer: f.answer}
}

// changes reports whether the person asks for something other than what is stored. What they left as it was shown is no
// request, even if somebody else has changed it since.
func (f *answerForm) changes(stored assessment.SavedAnswer) bool {
	if f.answer.Equal(stored.Answer) {
		return false
	}
	return f.version == stored.Version || f.seen != f.mark
}

// seenMark is a short mark of an answer in normal form: a form that comes back with the same one was not touched.
func seenMark(a assessment.Answer) string {
	h := fnv.New64a()
	for _, text := range []string{string(a.Status), a.Reason, a.Note} {
		_, _ = h.Write([]byte(text))
		_, _ = h.Write([]byte{0})
	}
	for _, link := range a.Evidence {
		_, _ = h.Write([]byte(link.Title + "\x00" + link.URL + "\x00"))
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// readable returns an answer whose texts are printable.
func readable(a assessment.Answer) assessment.Answer {
	a.Reason, a.Note = page.Printable(a.Reason), page.Printable(a.Note)
	a.Evidence = slices.Clone(a.Evidence)
	for i, link := range a.Evidence {
		a.Evidence[i] = assessment.Link{Title: page.Printable(link.Title), URL: page.Printable(link.URL)}
	}
	return a
}
