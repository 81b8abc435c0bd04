package move

import (
	"testing"

	"plumbline/assessment"
)

func TestMoveChoices(t *testing.T) {
	entry := func(id, version string, everywhere bool) assessment.LibraryEntry {
		return assessment.LibraryEntry{QuestionnaireRef: assessment.QuestionnaireRef{ID: id, Version: version, SHA256: id + version}, Everywhere: everywhere}
	}
	ours := entry("a", "3.0.0", false)
	ours.Teams = map[string]bool{"us": true}
	library := []assessment.LibraryEntry{entry("a", "1.0.0", true), entry("a", "2.0.0", true), ours, entry("a", "2.5.0", true), entry("a", "4.0.0", false),
		entry("b", "1.0.0", false), entry("c", "1.0.0", true), entry("d", "1.0.0", false)}
	var s assessment.State
	s.Questionnaire, s.Workload.Team = library[1].QuestionnaireRef, "us"
	choices := ChoicesOf(&s, library, []assessment.SnapshotInfo{{Questionnaire: "a2.0.0"}, {Questionnaire: "b1.0.0"}, {Questionnaire: "a2.5.0"}})
	names := func(list []assessment.LibraryEntry) (all string) {
		for _, one := range list {
			all += one.SHA256 + " "
		}
		return all
	}
	if got := names(choices.Newer); got != "a3.0.0 a2.5.0 " {
		t.Errorf("newer are %s", got)
	}
	if got := names(choices.Before); got != "b1.0.0 " {
		t.Errorf("had before are %s", got)
	}
	if got := names(choices.Others); got != "a1.0.0 c1.0.0 " {
		t.Errorf("others are %s", got)
	}
	for sha256, want := range map[string]bool{"a3.0.0": true, "b1.0.0": true, "c1.0.0": true, "a2.0.0": false, "a4.0.0": false, "d1.0.0": false, "": false} {
		if _, got := choices.Find(sha256); got != want {
			t.Errorf("%s can be chosen: %v", sha256, got)
		}
	}
}
