package account

import (
	"strings"
	"testing"
)

// TestPasswordsThatAreTriedFirst chooses every common password as it is, and with what people add to make it long enough.
func TestPasswordsThatAreTriedFirst(t *testing.T) {
	tried := 0
	for common := range strings.Lines(commonPasswords) {
		password := strings.TrimSpace(common)
		for len(password) < 12 {
			password += "12345!"[:min(6, 12-len(password))]
		}
		if why := checkPassword(password, "mei@example.com", "Mei"); why == "" {
			t.Errorf("%s may be chosen", password)
		}
		tried++
	}
	if tried < 10_000 {
		t.Errorf("%d common passwords are known, want 10,000", tried)
	}
}

func TestGuessablePasswords(t *testing.T) {
	const email, name = "ines.okafor@contoso.example", "Inés Okafor"
	for _, password := range []string{
		"Welcome12345!", "W3lc0me12345!", "12345!Welcome", "Summer2026!!!", "dragonmonkey", "monkey-dragon", "qwertyuiop12", "Berlin2026!!",
		"passwordpassword", "abcabcabcabcabc", "correcthorsebatterystaple", "Correct horse battery staple",
		"abcdefghijkl", "azureazureazure", "Azure2026-123!", "linkedin1234", "Well-Architected1",
	} {
		if why := checkPassword(password, email, name); !strings.Contains(why, "too common") {
			t.Errorf("%q: %q", password, why)
		}
	}
	for _, password := range []string{
		"plumbline12345", "Plumbline2026!", "P1umbL1ne!!2026", "PLUMB-LINE-2026", "Plumb Line 2026", "12345plumbline", "enilbmulp1234",
		"OkaforInes2026", "0k4f0r!n3s12", "InésOkafor#1", "ines.okafor!!", "Ines_Okafor_1234", "contoso2026!!", "ines.okafor@contoso.example",
		"1nes.0kaf0r@c0nt0s0", "rofako-seni-1",
	} {
		if why := checkPassword(password, email, name); !strings.Contains(why, "too similar to") {
			t.Errorf("%q: %q", password, why)
		}
	}
	for _, password := range []string{
		"a plumb line hangs", "correct horse battery", "the bob hangs still", "xK9#mQ2$vL7!", "okafor hates wet socks", "übermütige Ziegen", "田中さんは毎朝早く起きて走ります",
	} {
		if why := checkPassword(password, email, name); why != "" {
			t.Errorf("%q: %q", password, why)
		}
	}
}

func FuzzCheckPassword(f *testing.F) {
	f.Add("Welcome12345!", "mei@example.com", "Mei")
	f.Add("\xff\x00ß1!", "@", " ")
	f.Fuzz(func(_ *testing.T, password, email, name string) { checkPassword(password, email, name) })
}
