package page

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

func TestPerMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := Options{}.PerMinute(5)
		taken := func(key string) (n int) {
			for range 20 {
				if l.Take(key) {
					n++
				}
			}
			return n
		}
		for _, step := range []struct {
			after time.Duration
			key   string
			want  int
		}{{0, "ines", 5}, {0, "mei", 5}, {59 * time.Second, "ines", 0}, {time.Second, "ines", 5}, {time.Hour, "ines", 5}} {
			time.Sleep(step.after)
			if got := taken(step.key); got != step.want {
				t.Errorf("%s later, %s has %d uses, want %d", step.after, step.key, got, step.want)
			}
		}
	})
}

// TestPerMinuteIsStrict tries all the time: no minute has more uses than the limit, also the first.
func TestPerMinuteIsStrict(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := Options{}.PerMinute(5)
		var let []time.Time
		for range 10 * 60 {
			if full := l.Full("ines"); l.Take("ines") == full {
				t.Errorf("full %t, and the use is counted %t", full, !full)
			} else if !full {
				let = append(let, time.Now())
			}
			time.Sleep(time.Second)
		}
		for i, use := range let[:len(let)-5] {
			if apart := let[i+5].Sub(use); apart < time.Minute {
				t.Errorf("six uses within %v", apart)
			}
		}
		if len(let) != 50 {
			t.Errorf("%d uses in ten minutes, want 50", len(let))
		}
	})
}

func TestLimiterForgets(t *testing.T) {
	l := Options{}.PerMinute(1).(perMinute)
	for i := range keysKnown + 10 {
		l.Take(strconv.Itoa(i))
	}
	if got := l.byKey.Len(); got != keysKnown {
		t.Errorf("%d keys are known, want %d", got, keysKnown)
	}
}

func TestUnlimited(t *testing.T) {
	l := Options{Unlimited: true}.PerMinute(1)
	for n := range 3 {
		if !l.Take("ines") {
			t.Errorf("use %d is refused", n+1)
		}
	}
}
