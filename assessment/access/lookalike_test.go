package access

import (
	"strings"
	"testing"
)

func TestNamesOfTheProgramAreNobodys(t *testing.T) {
	for _, name := range []string{"Operator", "operator", "OPERATOR", "Operat0r", "\u041eperator", "\u039fp\u0435r\u0430t\u043er", "\uff2fperator",
		"Opérator", "O p e r a t o r", "Operator.", "Single sign-on", "Single Sign On", "SINGLE\u2011SIGN\u2011ON", "Plumbline", "P1umbline", "PIumbline",
		"Plurnbline", "System", "\u0405ystem", "Sy\u0455tem", "Nobody signed in"} {
		if got, problem := CheckPersonName(name); problem == nil || problem.Field != "name" {
			t.Errorf("%q is taken as %q", name, got)
		}
	}
	for _, name := range []string{"Opera Tor-Nilsen", "Siobhán Ó Súilleabháin", "Олег Петров", "Νίκος", "李小龍", "محمد", "Ines Okafor", "O'Brien", "系统"} {
		if got, problem := CheckPersonName(name); problem != nil || got != name {
			t.Errorf("%q gives %q, %v", name, got, problem)
		}
	}
}

func TestNamesShowWhatTheyAre(t *testing.T) {
	for name, said := range map[string]string{
		"Lead\u200b Beta": "zero width space (U+200B)",
		"\u3164":          "hangul filler (U+3164)",
		"Lead\u202eateB":  "right-to-left override (U+202E)",
		"Le\u00adad":      "soft hyphen (U+00AD)",
		"Lead\U000e0041":  "tag latin capital letter a (U+E0041)",
		"Lead\u2066":      "left-to-right isolate (U+2066)",
		"Lead\ufeff":      "(U+FEFF)",
		"Lead\ue000":      "(U+E000)",
		"Lead\u200dBeta":  "zero width joiner (U+200D)",
		"Lead\u2028Beta":  "line separator (U+2028)",
		"Le\u034fad":      "combining grapheme joiner (U+034F)",
		"\u2800":          "braille pattern blank (U+2800)",
		"\u0301":          "must contain a letter",
	} {
		for _, check := range []func(string) string{message(CheckPersonName), message(CheckTeamName)} {
			if got := check(name); !strings.Contains(got, said) {
				t.Errorf("%q: %q, want %q in it", name, got, said)
			}
		}
	}
	for typed, want := range map[string]string{
		"Jose\u0301 A\u0308sch": "José Äsch", "Lead\u00a0 Beta": "Lead Beta", "Lead\u3000Beta": "Lead Beta", "Mei 👩\u200d💻": "Mei 👩\u200d💻",
		"علی\u200cرضا": "علی\u200cرضا",
	} {
		if got, problem := CheckPersonName(typed); problem != nil || got != want {
			t.Errorf("%q gives %q, %v, want %q", typed, got, problem, want)
		}
	}
}

func TestLooksLike(t *testing.T) {
	for a, b := range map[string]string{
		"Alpha": "ALPHA", "Lead Beta": "L\u0435ad B\u0435ta", "José": "Jose\u0301", "Beta": "\u0412eta", "Ab": "\uff21\uff42", "a b": "a\u00a0b",
	} {
		if !LooksLike(a, b) {
			t.Errorf("%q and %q are told apart", a, b)
		}
	}
	for a, b := range map[string]string{"Alpha": "Alpha 2", "José": "Jose", "a1": "al", "Олег": "Oleh"} {
		if LooksLike(a, b) {
			t.Errorf("%q is taken for %q", a, b)
		}
	}
	for a, b := range map[string]string{"ines@example.com": "in\u0435s@example.com", "a@apple.com": "a@xn--pple-43d.com"} {
		if !EmailsLookAlike(a, b) {
			t.Errorf("%q and %q are told apart", a, b)
		}
	}
	for a, b := range map[string]string{"a1@example.com": "al@example.com", "a@example.com": "a@example.com", "o@b.com": "0@b.com"} {
		if EmailsLookAlike(a, b) {
			t.Errorf("%q is taken for %q", a, b)
		}
	}
}
