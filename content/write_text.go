package content

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// lineWidth is where texts are folded, in characters.
const lineWidth = 118

// plainText matches texts that YAML reads as they stand and as text, if they are none of its words.
var plainText = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 .,;/?()&%+*=<>'"!_-]*[A-Za-z0-9.?)!]$|^[A-Za-z]$`)

// plainURL matches addresses that need no quotes.
var plainURL = regexp.MustCompile(`^https?://[A-Za-z0-9./_~%?&=+-]+$`)

// yamlWords are read as something else than text by some version of YAML.
var yamlWords = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null|nan|inf|infinity)$`)

// foldable matches texts that come back from folded lines as they were: words of printable characters, parted by
// single spaces.
var foldable = regexp.MustCompile(`^[!-~\x{A0}-\x{2027}\x{202A}-\x{D7FF}\x{E000}-\x{FEFE}\x{FF00}-\x{FFFD}\x{10000}-\x{10FFFF}]+` +
	`( [!-~\x{A0}-\x{2027}\x{202A}-\x{D7FF}\x{E000}-\x{FEFE}\x{FF00}-\x{FFFD}\x{10000}-\x{10FFFF}]+)*$`)

func isPlain(s string) bool {
	return plainURL.MatchString(s) || plainText.MatchString(s) && !yamlWords.MatchString(s)
}

// optional writes a text unless it is empty.
func (y *yamlWriter) optional(key, s string) {
	if s != "" {
		y.text(key, s)
	}
}

// text writes a key with a text.
func (y *yamlWriter) text(key, s string) { y.scalar(key+":", s) }

// texts writes a list of texts, one a line; nothing where it is empty.
func (y *yamlWriter) texts(key string, list []string) {
	if len(list) == 0 {
		return
	}
	y.nested(key, func() {
		for _, s := range list {
			y.scalar("-", s)
		}
	})
}

// scalar writes a text after its key or its dash: as it stands, folded, or in quotes.
func (y *yamlWriter) scalar(lead, s string) {
	room := lineWidth - y.indent - len(lead) - 1
	switch {
	case utf8.RuneCountInString(s) <= room && isPlain(s):
		y.line(lead + " " + s)
	case utf8.RuneCountInString(s) > room && foldable.MatchString(s):
		y.folded(lead, s)
	default:
		y.line(lead + " " + quote(s))
	}
}

func (y *yamlWriter) folded(lead, s string) {
	y.line(lead + " >-")
	y.indent += 2
	defer func() { y.indent -= 2 }()
	line, width := "", 0
	for word := range strings.SplitSeq(s, " ") {
		n := utf8.RuneCountInString(word)
		if line != "" && y.indent+width+1+n > lineWidth {
			y.line(line)
			line, width = "", 0
		}
		if line != "" {
			line, width = line+" ", width+1
		}
		line, width = line+word, width+n
	}
	y.line(line)
}

// quote returns a text in double quotes: a JSON string is a YAML string too.
func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return strconv.QuoteToASCII(s)
	}
	quoted := strings.TrimSuffix(b.String(), "\n")
	return strings.ReplaceAll(quoted, byteOrderMark, `\uFEFF`)
}

// words writes a list of short texts on one line, nothing where it is empty.
func (y *yamlWriter) words(key string, list []string) {
	if len(list) == 0 {
		return
	}
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = quote(s)
		if isPlain(s) && !strings.ContainsAny(s, ",") {
			words[i] = s
		}
	}
	y.plain(key, "["+strings.Join(words, ", ")+"]")
}

// weight writes a weight unless it is the default.
func (y *yamlWriter) weight(weight, preset float64) {
	if weight != preset {
		y.number("weight", weight)
	}
}

func (y *yamlWriter) number(key string, f float64) {
	y.plain(key, strconv.FormatFloat(f, 'g', -1, 64))
}

// plain writes a key with a value that needs no care.
func (y *yamlWriter) plain(key, s string) { y.line(key + ": " + s) }
