package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v4"
)

// config is a file of settings: a YAML mapping from the names of flags to their values.
type config struct {
	values map[string]string
}

// readConfig reads a file of settings. Every key must be the name of a flag, and appear once; the error says where it
// is not.
func readConfig(name string, data []byte, flags map[string]*kong.Flag) (*config, error) {
	c := &config{values: map[string]string{}}
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var document yaml.Node
	if err := loader.Load(&document); errors.Is(err, io.EOF) {
		return c, nil
	} else if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := loader.Load(new(yaml.Node)); err == nil {
		return nil, fmt.Errorf("%s: expected one YAML document, found a second one", name)
	} else if !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	root := document.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return c, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:%d: expected lines with a name, a colon and a value", name, root.Line)
	}
	var problems []error
	for i := 0; i < len(root.Content); i += 2 {
		if err := c.add(root.Content[i], root.Content[i+1], flags); err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", name, root.Content[i].Line, err))
		}
	}
	return c, errors.Join(problems...)
}

func (c *config) add(key, value *yaml.Node, flags map[string]*kong.Flag) error {
	flag, known := flags[key.Value]
	if !known {
		return fmt.Errorf("unknown setting %q; expected one of %s", key.Value, strings.Join(slices.Sorted(maps.Keys(flags)), ", "))
	}
	if _, twice := c.values[key.Value]; twice {
		return fmt.Errorf("%s is set twice", key.Value)
	}
	text, err := settingText(flag, value)
	if err != nil {
		return fmt.Errorf("%s: %w", key.Value, err)
	}
	c.values[key.Value] = text
	return nil
}

// settingText returns a value as it would be written on the command line.
func settingText(flag *kong.Flag, value *yaml.Node) (string, error) {
	switch {
	case value.Kind == yaml.ScalarNode && value.Tag != "!!null":
		return value.Value, nil
	case value.Kind == yaml.SequenceNode && flag.IsSlice():
		items := make([]string, len(value.Content))
		for i, item := range value.Content {
			if item.Kind != yaml.ScalarNode {
				return "", errors.New("expected a list of plain values")
			}
			items[i] = item.Value
		}
		return kong.JoinEscaped(items, flag.Tag.Sep), nil
	case value.Kind == yaml.MappingNode && flag.IsMap():
		items := []string{}
		for i := 0; i < len(value.Content); i += 2 {
			items = append(items, value.Content[i].Value+"="+value.Content[i+1].Value)
		}
		return kong.JoinEscaped(items, flag.Tag.MapSep), nil
	}
	return "", errors.New("expected a plain value")
}

// Validate implements kong.Resolver; the file was checked when it was read.
func (c *config) Validate(*kong.Application) error { return nil }

// Resolve returns the value of a flag in the file, nil if the environment has one.
func (c *config) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if _, set := os.LookupEnv(name); set {
			return nil, nil
		}
	}
	if text, said := c.values[flag.Name]; said && len(flag.Envs) > 0 {
		return text, nil
	}
	return nil, nil
}
