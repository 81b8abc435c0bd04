package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/alecthomas/kong"
)

// usualConfig is read if it exists and no other file is named.
const usualConfig = "/etc/plumbline.yaml"

// configured is embedded in commands that also take their settings from a file.
type configured struct {
	Config string `help:"Settings file; default: ${usual_config} if it exists." env:"PLUMBLINE_CONFIG" placeholder:"FILE"`
}

// BeforeResolve reads the settings file. Flags and the environment override it.
func (c *configured) BeforeResolve(ctx *kong.Context) error {
	name := c.named(ctx)
	data, err := os.ReadFile(configFile(name))
	if name == "" && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the settings file: %w", err)
	}
	file, err := readConfig(configFile(name), data, settingFlags(ctx.Model))
	if err != nil {
		return err
	}
	ctx.AddResolver(file)
	return nil
}

// named returns the file that the flag or the environment names, empty if neither does. Hooks run before flags are
// applied, so it reads the flag itself.
func (c *configured) named(ctx *kong.Context) string {
	for _, flag := range ctx.Flags() {
		if flag.Name == "config" {
			return ctx.FlagValue(flag).(string)
		}
	}
	return c.Config
}

// file returns the name of the settings file that was read, empty if there was none.
func (c *configured) file() string {
	name := configFile(c.Config)
	if _, err := os.Stat(name); err != nil {
		return ""
	}
	return name
}

func configFile(named string) string {
	if named == "" {
		return usualConfig
	}
	return named
}

// settingFlags returns the flags of serve that a settings file may contain, by name. Every installation has one such
// file; each command uses the part that it needs.
func settingFlags(app *kong.Application) map[string]*kong.Flag {
	flags := map[string]*kong.Flag{}
	for _, command := range app.Children {
		if command.Name != "serve" {
			continue
		}
		for _, flag := range command.Flags {
			if len(flag.Envs) > 0 && flag.Name != "config" {
				flags[flag.Name] = flag
			}
		}
	}
	return flags
}
