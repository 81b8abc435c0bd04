package main

import (
	"cmp"
	"fmt"
	"runtime"
)

// version is set by the linker, see the Makefile.
var version string

type versionCommand struct{}

// Run prints the version that the binary was built from.
func (versionCommand) Run(s streams) error {
	_, err := fmt.Fprintf(s.out, "plumbline %s, %s\n", cmp.Or(version, "unknown"), runtime.Version())
	return err
}
