package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"plumbline/cmd/internal/lab"
)

// killWhileSaving kills a server again and again while four people save, and checks what is stored.
func killWhileSaving(ctx context.Context, t *trial) (finding, error) {
	folder, err := t.data()
	if err != nil {
		return finding{}, err
	}
	c := t.crew(4)
	kills := t.few(3, t.count(25, 500))
	for n := range kills {
		if err := c.killOnce(ctx, t, folder); err != nil {
			return finding{}, fmt.Errorf("kill %d: %w", n+1, err)
		}
		if err := c.check(ctx, folder); err != nil {
			return finding{figure: fmt.Sprintf("after kill %d: %v", n+1, err), met: false}, nil
		}
	}
	return finding{figure: fmt.Sprintf("%d kills, %d saves acknowledged, 0 lost, 0 counted twice", kills, c.acknowledged()), met: true}, nil
}

// killOnce starts a server, repeats the saves that may not be stored, goes on saving, and kills the server meanwhile.
func (c *crew) killOnce(ctx context.Context, t *trial, folder string) (err error) {
	s, err := lab.Start(ctx, t.Binary, folder)
	if err != nil {
		return err
	}
	if err := c.repeat(ctx, s); err != nil {
		return errors.Join(err, s.Kill())
	}
	var saving sync.WaitGroup
	saving.Go(func() { c.saveUntil(ctx, s) })
	<-time.After(time.Duration(rand.IntN(60_000)) * time.Microsecond)
	err = s.Kill()
	saving.Wait()
	return err
}
