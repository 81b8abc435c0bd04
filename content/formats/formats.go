package formats

import (
	"bytes"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/awslens"
	"plumbline/content/azurearticle"
	"plumbline/content/azurechecklist"
	"plumbline/content/cisoassistant"
	"plumbline/content/foreign"
	"plumbline/content/samm"
)

// OwnKind is the kind of our own format.
const OwnKind = "plumbline"

// sammKind is the kind of the one format that may be a folder too.
const sammKind = "samm"

// Format is one format of a file that a questionnaire can be read from.
type Format struct {
	Kind    string   // names it on the command line and where it is stored: never changes
	Title   string   // for people
	Endings []string // of the names of such files, each with its dot
	Limit   int64    // bytes of a file
	// Import reads a file. The error is content.Problems, or an assessment.Error with the code TooLarge.
	Import func(name string, data []byte) (*assessment.Questionnaire, content.Losses, error)

	like func(data []byte) bool // whether a file seems to be one: quick, and right about broken files too
}

// All returns the formats of others, in the order in which a file is tried.
func All() []Format {
	return []Format{
		{"aws-lens", "AWS Well-Architected custom lens (JSON)", []string{".json"}, content.MaxSize, awslens.Import,
			keys("schemaVersion", "pillars")},
		{sammKind, "OWASP SAMM core model (zip)", []string{".zip"}, samm.MaxArchive, samm.Import,
			func(data []byte) bool { return bytes.HasPrefix(data, []byte("PK\x03\x04")) }},
		{"azure-checklist", "Azure review checklist (JSON)", []string{".json"}, content.MaxSize, azurechecklist.Import,
			keys("items", "guid")},
		{"ciso-assistant", "CISO Assistant framework library (YAML)", []string{".yaml"}, content.MaxSize, cisoassistant.Import,
			keys("objects", "provider")},
		{"azure-article", "Article of the Azure Well-Architected Framework (Markdown)", []string{".md", ".markdown"}, azurearticle.MaxSize,
			azurearticle.Import, func(data []byte) bool { return len(data) <= azurearticle.MaxSize && articleSign().Match(data) }},
	}
}

// every returns all formats, our own first.
func every() []Format { return append([]Format{Own()}, All()...) }

// articleSign matches a line that articles have in their front matter or as a directive.
var articleSign = foreign.LazyRegexp(`(?m)^(?:ms\.(?:topic|date|author) *:|[ >]*:::image )`)

// Own returns our own format. What it says beyond the questionnaire are the warnings of lint.
func Own() Format {
	return Format{OwnKind, "Plumbline questionnaire (YAML or JSON)", []string{".yaml", ".yml", ".json"}, content.MaxSize, readOwn,
		func(data []byte) bool { return bytes.Contains(data, []byte("plumbline.questionnaire/")) }}
}

func readOwn(name string, data []byte) (*assessment.Questionnaire, content.Losses, error) {
	if len(data) > content.MaxSize {
		return nil, nil, content.TooLarge(name, content.MaxSize)
	}
	q, problems, warnings := content.Lint(name, data)
	if err := problems.Err(); err != nil {
		return nil, nil, err
	}
	var losses content.Losses
	for _, w := range warnings {
		losses = append(losses, content.Loss{Line: w.Line, Column: w.Column, Path: w.Path, Message: w.Message})
	}
	return q, losses, nil
}
