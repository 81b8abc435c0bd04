package assessment

import (
	"errors"
	"strings"
	"testing"
)

func TestCheckSnapshotTexts(t *testing.T) {
	for _, tt := range []struct{ title, note, field, says string }{
		{"Review", "Note", "", ""},
		{" \t ", "", "title", "Enter a title"},
		{"a\xff", "", "title", "Title"},
		{strings.Repeat("a", MaxShort+1), "", "title", "at most"},
		{"Review", "a\x00", "note", "Note"},
	} {
		_, _, err := CheckSnapshotTexts(tt.title, tt.note)
		errs, _ := errors.AsType[Errors](err)
		if tt.field == "" && err != nil || tt.field != "" && (len(errs) != 1 || !strings.Contains(errs.On(tt.field), tt.says)) {
			t.Errorf("%.20q, %q: %v", tt.title, tt.note, err)
		}
	}
	if title, note, err := CheckSnapshotTexts(" Review ", " a\r\nb "); title != "Review" || note != "a\nb" || err != nil {
		t.Errorf("stored as %q and %q, %v", title, note, err)
	}
}
