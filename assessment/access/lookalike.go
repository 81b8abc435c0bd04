package access

import (
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// ownNames is what pages and the audit log call those who are no person.
var ownNames = []string{"Operator", "Single sign-on", "Plumbline", "System", "Somebody", "Nobody signed in",
	"Somebody with the link", "Somebody unknown", "Somebody without an account"}

// latin is the Latin letter that a letter of another script looks like, in lower case.
var latin = pairs("аa вb сc ԁd еe ѐe һh іi їï јj ӏl кk мm нh оo рp ԛq ѕs тt уy ѵv ԝw хx үy ҽe гr пn " +
	"αa βb εe ηn ιi κk νv οo ρp τt υu χx γy ωw ϲc ϳj " +
	"օo ոn սu հh յj ցg զq ɑa ɡg ɩi ƅb ꭓx ᴄc ᴏo ᴠv ᴡw ᴢz")

func pairs(list string) map[rune]rune {
	m := map[rune]rune{}
	for pair := range strings.FieldsSeq(list) {
		if letters := []rune(pair); len(letters) == 2 {
			m[letters[0]] = letters[1]
		}
	}
	return m
}

// LooksLike reports whether people could take one text for the other: they differ at most in case, in white space, in
// how letters are encoded, and in letters of other scripts that look alike.
func LooksLike(a, b string) bool { return Skeleton(a) == Skeleton(b) }

// Skeleton returns the same text for all that look alike.
func Skeleton(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.Map(func(r rune) rune {
		if to, ok := latin[r]; ok {
			return to
		}
		return r
	}, s)
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// isOwnName reports whether a name reads like one of ownNames or like that of an anonymous account, however it is
// spelled: with accents, with digits for letters, or with marks between the letters.
func isOwnName(name string) bool {
	name = bare(name)
	if strings.HasPrefix(name, bare(AnonymousName)) {
		return true
	}
	for _, own := range ownNames {
		if bare(own) == name {
			return true
		}
	}
	return false
}

var alike = strings.NewReplacer("rn", "m", "vv", "w", "0", "o", "1", "l", "i", "l", "|", "l", "5", "s", "$", "s", "@", "a", "3", "e")

func bare(name string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, norm.NFD.String(Skeleton(name)))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, alike.Replace(letters))
}

// EmailsLookAlike reports whether people could take one address for the other, where these are two.
func EmailsLookAlike(a, b string) bool {
	return a != b && Skeleton(readable(a)) == Skeleton(readable(b))
}

// readable returns an address with its domain in Unicode instead of Punycode.
func readable(email string) string {
	local, domain, _ := strings.Cut(email, "@")
	if letters, err := idna.ToUnicode(domain); err == nil {
		domain = letters
	}
	return local + "@" + domain
}
