package content

import "testing"

func TestLosses(t *testing.T) {
	losses := Losses{{Line: 3, Column: 7, Path: "pillars[0].name", Message: "is lost"}, {Path: "pillars", Message: "are gone"}, {Message: "no weights"}}
	if got, want := losses.String(), "3:7: pillars[0].name: is lost\npillars: are gone\nno weights"; got != want {
		t.Errorf("String =\n%s\nwant\n%s", got, want)
	}
	if got, want := losses.In("a.json"), "a.json:3:7: pillars[0].name: is lost\na.json: pillars: are gone\na.json: no weights"; got != want {
		t.Errorf("In =\n%s\nwant\n%s", got, want)
	}
}
