package account

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// commonPasswords are passwords that many people choose, the most common first; `make passwords` writes them.
//
//go:embed common_passwords.txt
var commonPasswords string

// fewestGuesses is how many tries, as a power of ten, a password must withstand from somebody who tries common passwords
// and what is known of the person first.
const fewestGuesses = 9

// longestWord is how many characters of a password are compared with a word.
const longestWord = 40

// familiar are texts that are tried first although no list of common passwords has them in this spelling.
var familiar = []string{"correct horse battery staple", "correcthorsebatterystaple", "thisismypassword", "companyname", "linkedin",
	"azure", "wellarchitected", "well architected"}

// alike are the letters that people write in another way, and what stands for both in a comparison.
var alike = map[rune]rune{'0': 'o', '1': 'l', 'i': 'l', '!': 'l', '|': 'l', '3': 'e', '4': 'a', '@': 'a', '5': 's', '$': 's', '7': 't',
	'+': 't', '8': 'b', '2': 'z', '_': ' ', '-': ' ', '.': ' '}

// folded returns a text without case, accents and other spellings of its letters, and beside each character what it costs
// to guess it alone, as a power of ten; the same again and the next of the alphabet cost little.
func folded(text string) (letters []rune, costs []float64) {
	var last rune
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		letter, known := alike[r]
		if !known {
			letter = r
		}
		cost := costOf(r)
		if r == last || r == last+1 {
			cost = 0.5
		}
		last = r
		letters, costs = append(letters, letter), append(costs, cost)
	}
	return letters, costs
}

func costOf(r rune) float64 {
	switch {
	case unicode.IsDigit(r):
		return 1
	case unicode.IsLetter(r):
		return math.Log10(26)
	}
	return 1.5
}

// commonRanks are the common passwords, folded, and what it costs to reach each of them: what somebody tries who begins at
// the top of the list.
var commonRanks = sync.OnceValue(func() map[string]float64 {
	ranks := map[string]float64{}
	rank := 1.0
	for common := range strings.Lines(commonPasswords) {
		word, _ := folded(strings.TrimSpace(common))
		if _, known := ranks[string(word)]; !known {
			ranks[string(word)] = math.Log10(rank)
		}
		rank++
	}
	for year := 1940; year < 2040; year++ {
		word, _ := folded(strconv.Itoa(year))
		ranks[string(word)] = 2
	}
	return ranks
})

// guessed returns how many guesses a password withstands, as a power of ten, from somebody who puts together common
// passwords, years, the own words, and what remains character by character. It is the estimate of zxcvbn with fewer
// patterns: that library takes more memory and time at the start than the rest of the server.
func guessed(password string, own []string) float64 {
	words := map[string]bool{}
	for _, text := range slices.Concat(familiar, own) {
		word, _ := folded(text)
		words[string(word)] = true
		slices.Reverse(word)
		words[string(word)] = true
	}
	costOfWord := func(word string) float64 {
		if words[word] {
			return 0
		}
		if cost, known := commonRanks()[word]; known {
			return cost
		}
		return math.Inf(1)
	}
	letters, costs := folded(password)
	least := make([]float64, len(letters)+1) // to guess what stands before a place
	for end := 1; end <= len(letters); end++ {
		least[end] = least[end-1] + costs[end-1]
		for start := max(0, end-longestWord); start < end; start++ {
			least[end] = min(least[end], least[start]+costOfWord(string(letters[start:end])))
		}
	}
	return least[len(letters)]
}

// ownWords are the name of the product, and what a stranger knows of the person: name and address, whole and in parts.
func ownWords(email, name string) []string {
	local, domain, _ := strings.Cut(email, "@")
	words := []string{"plumbline", "plumb line", email, local, strings.TrimSpace(name)}
	for _, text := range []string{local, domain, name} {
		words = append(words, strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })...)
	}
	return slices.DeleteFunc(words, func(word string) bool { return len(word) < 3 })
}
