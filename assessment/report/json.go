package report

import (
	"fmt"
	"io"

	"plumbline/assessment"
)

// snapshotJSON writes the canonical document of a snapshot: the bytes that its hash is of.
func snapshotJSON(w io.Writer, s Named) error {
	document, err := s.Canonical()
	if err != nil {
		return fmt.Errorf("write snapshot: %w", err)
	}
	_, err = w.Write(document)
	return err
}

// comparisonJSON writes a comparison in the canonical form too, so that it can be hashed and compared.
func comparisonJSON(w io.Writer, c *assessment.Comparison) error {
	document, err := assessment.Canonical(c)
	if err != nil {
		return fmt.Errorf("write comparison: %w", err)
	}
	_, err = w.Write(document)
	return err
}

// questionnaireHash returns the SHA-256 of the questionnaire's canonical JSON, which is what it is stored by.
func questionnaireHash(q *assessment.Questionnaire) string {
	document, err := q.Canonical()
	if err != nil {
		return ""
	}
	return assessment.Hash(document)
}
