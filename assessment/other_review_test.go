package assessment

import "testing"

func TestMergedAnswers(t *testing.T) {
	done, open := ReviewRow{Line: 2, Title: "Scale out", Completed: true}, ReviewRow{Line: 3, Question: "How?", Title: "Test it", Note: "Soon."}
	const doneNote, openNote = "f.csv, line 2: Scale out", "f.csv, line 3: How? Test it\nSoon."
	for name, tt := range map[string]struct {
		stored Answer
		rows   []ReviewRow
		open   Status
		want   Answer
	}{
		"nothing":           {Answer{Status: Partial, Note: "Ours."}, nil, Absent, Answer{Status: Partial, Note: "Ours."}},
		"done":              {Answer{}, []ReviewRow{done}, Absent, Answer{Status: Adopted, Note: doneNote}},
		"open":              {Answer{}, []ReviewRow{open}, Absent, Answer{Status: Absent, Note: openNote}},
		"open says nothing": {Answer{Status: Adopted}, []ReviewRow{open}, Unanswered, Answer{Status: Adopted, Note: openNote}},
		"they differ":       {Answer{Note: "Ours."}, []ReviewRow{done, open}, Absent, Answer{Status: Partial, Note: "Ours.\n\n" + doneNote + "\n\n" + openNote}},
		"they agree":        {Answer{}, []ReviewRow{done, done}, Absent, Answer{Status: Adopted, Note: doneNote}},
		"once more":         {Answer{Status: Adopted, Note: doneNote}, []ReviewRow{done}, Absent, Answer{Status: Adopted, Note: doneNote}},
		"the reason goes":   {Answer{Status: NotApplicable, Reason: "Hosted."}, []ReviewRow{done}, Absent, Answer{Status: Adopted, Note: doneNote}},
	} {
		if got := tt.stored.Merged(tt.rows, tt.open, "f.csv"); !got.Equal(tt.want) {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}
