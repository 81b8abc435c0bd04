package main

import (
	"fmt"
	"os"

	"plumbline/assessment/report"
)

// reportFont is the choice of the font that a command draws with.
type reportFont struct {
	Font string `help:"TrueType font for the PDF, for scripts that the built-in fonts do not cover." env:"PLUMBLINE_FONT" type:"path"`
}

// renderer returns a renderer that uses the font.
func (f reportFont) renderer() (*report.Renderer, error) {
	font, err := readFont(f.Font)
	if err != nil {
		return nil, err
	}
	return report.New(report.Options{Font: font})
}

// readFont returns the font file, nil if none is named.
func readFont(name string) ([]byte, error) {
	if name == "" {
		return nil, nil
	}
	font, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the report font: %w", err)
	}
	return font, nil
}
