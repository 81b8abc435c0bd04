package main

import (
	"context"
	"fmt"
	"time"
)

// doctorCommand checks an installation. It takes the settings of serve and changes nothing; a server may be running.
type doctorCommand struct {
	settings
	format
}

// The results of a check.
const (
	resultOK      = "ok"
	resultWarning = "warning" // it works, or will, but somebody should look at it
	resultFailed  = "failed"  // it does not work
)

// finding is the result of one check.
type finding struct {
	Check  string `json:"check"`
	Result string `json:"result"`
	Says   string `json:"says"`
	Advice string `json:"advice,omitempty"` // what to do; empty if all is well
}

func fine(format string, args ...any) finding {
	return finding{Result: resultOK, Says: fmt.Sprintf(format, args...)}
}

func warning(advice, format string, args ...any) finding {
	return finding{Result: resultWarning, Says: fmt.Sprintf(format, args...), Advice: advice}
}

func broken(advice, format string, args ...any) finding {
	return finding{Result: resultFailed, Says: fmt.Sprintf(format, args...), Advice: advice}
}

// diagnosis is everything that was found.
type diagnosis struct {
	Result string    `json:"result"` // the worst of the checks
	Checks []finding `json:"checks"`
}

// Run prints one line per check.
func (c *doctorCommand) Run(ctx context.Context, std streams) error {
	d := c.diagnose(ctx, time.Now())
	if err := c.print(std, d); err != nil {
		return err
	}
	if d.Result == resultFailed {
		return errReported
	}
	return nil
}

// diagnose runs every check.
func (c *doctorCommand) diagnose(ctx context.Context, now time.Time) diagnosis {
	d := diagnosis{Result: resultOK}
	add := func(check string, f finding) {
		f.Check = check
		d.Checks = append(d.Checks, f)
		if f.Result == resultFailed || d.Result == resultOK {
			d.Result = f.Result
		}
	}
	add("configuration", c.checkConfiguration())
	add("address", c.checkAddresses())
	add("reached", c.checkReached())
	add("folder", c.checkFolder())
	add("disk", c.checkDisk())
	data := c.examine(ctx)
	add("lock", data.lock())
	add("port", c.checkPort(ctx, data))
	add("database", data.database())
	add("audit log", c.checkAudit(ctx, data))
	add("audit sending", c.checkShipping(data, now))
	add("session key", c.checkSessionKey())
	add("clock", c.checkClock(now, data))
	add("certificate", c.checkCertificate(now))
	add("fonts", c.checkFonts())
	add("single sign-on", c.checkSSO(ctx))
	return d
}

func (c *doctorCommand) print(std streams, d diagnosis) error {
	if c.json() {
		return printJSON(std.out, d)
	}
	return table(std.out, func(row func(string, ...any)) {
		for _, f := range d.Checks {
			text := f.Says
			if f.Advice != "" {
				text += "; " + f.Advice
			}
			row("%s\t%s\t%s", f.Result, f.Check, text)
		}
	})
}
