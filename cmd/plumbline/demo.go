package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"plumbline/cmd/plumbline/demo"
)

// demoCommand serves an example team on a data folder that is thrown away at the end.
type demoCommand struct {
	Addr      string `help:"Address to listen on; its host must be one of this machine." default:"127.0.0.1:8080" env:"PLUMBLINE_ADDR"`
	TimeZone  string `help:"Time zone of dates on pages, for example Europe/Berlin." default:"UTC" env:"PLUMBLINE_TIME_ZONE"`
	LogFormat string `help:"Form of the log: text or json." enum:"text,json" default:"text" env:"PLUMBLINE_LOG_FORMAT"`
}

// Run seeds the example and serves it until ctx ends.
func (c *demoCommand) Run(ctx context.Context, std streams) (err error) {
	settings := &settings{Addr: c.Addr, TimeZone: c.TimeZone, LogFormat: c.LogFormat}
	if err := settings.check(); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "plumbline-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the example: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if err := demo.Seed(ctx, folder, time.Now()); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(std.out, "An example team. All its data is deleted when the server stops. Sign in as %s with the password: %s\n", demo.Email, demo.Password); err != nil {
		return err
	}
	settings.Data = folder
	example := &installation{settings: settings, logger: settings.logger(std.err), out: std.out}
	return example.run(ctx)
}
