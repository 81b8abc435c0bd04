package report

import "testing"

func TestCompose(t *testing.T) {
	all := func(rune) bool { return true }
	for text, want := range map[string]string{
		"Zoe\u0308":        "Zoë",
		"Lo\u031b\u0323":   "Lợ", // one accent after the other
		"\u0418\u0306":     "Й",
		"\u03b1\u0313":     "ἀ", // polytonic
		"x\u0301":          "x\u0301",
		"\u0301a":          "\u0301a",
		"plain, עברית, 中文": "plain, עברית, 中文",
	} {
		if got := compose(text, all); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	if got := compose("e\u0301", func(r rune) bool { return r != 'é' }); got != "e\u0301" {
		t.Errorf("what no font draws is %q", got)
	}
}
