package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

// killWhileSaving kills a server again and again while four people save, and looks at what it left.
func killWhileSaving(ctx context.Context, l *lab) (finding, error) {
	folder, err := l.data()
	if err != nil {
		return finding{}, err
	}
	c := l.example.crew(4)
	kills := l.count(25, 500)
	for n := range kills {
		if err := c.killOnce(ctx, l, folder); err != nil {
			return finding{}, fmt.Errorf("kill %d: %w", n+1, err)
		}
		if err := c.check(ctx, folder); err != nil {
			return finding{figure: fmt.Sprintf("after kill %d: %v", n+1, err), met: false}, nil
		}
	}
	return finding{figure: fmt.Sprintf("%d kills, %d saves acknowledged, 0 lost, 0 counted twice", kills, c.acknowledged()), met: true}, nil
}

// killOnce starts a server, repeats what is not known to be stored, saves on, and kills it in the middle.
func (c *crew) killOnce(ctx context.Context, l *lab, folder string) (err error) {
	s, err := l.start(ctx, folder)
	if err != nil {
		return err
	}
	if err := c.repeat(ctx, s); err != nil {
		return errors.Join(err, s.kill())
	}
	var saving sync.WaitGroup
	saving.Go(func() { c.saveUntil(ctx, s) })
	<-time.After(time.Duration(rand.IntN(60_000)) * time.Microsecond)
	err = s.kill()
	saving.Wait()
	return err
}
