package main

import (
	"cmp"
	"fmt"
	"runtime"
)

// version is set by the linker, see the Makefile.
var version string

// built returns the version that the binary was built from, "unknown" if the build did not set it.
func built() string { return cmp.Or(version, "unknown") }

type versionCommand struct{}

// Run prints the version that the binary was built from.
func (versionCommand) Run(s streams) error {
	_, err := fmt.Fprintln(s.out, versionText())
	return err
}

func versionText() string {
	return fmt.Sprintf("plumbline %s, %s", built(), runtime.Version())
}
