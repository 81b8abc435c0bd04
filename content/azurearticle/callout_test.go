package azurearticle

import (
	"strings"
	"testing"
)

const icon = `:::image type="icon" source="../_images/trade-off.svg":::`

// Every spelling of a callout, as title, text and labels of its sides.
func TestCallouts(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"bold, colon outside", "> " + icon + " **Tradeoff**: It costs.", "Security: It costs|It costs."},
		{"colon inside", "> " + icon + " **Trade-off:** It costs.", "Security: It costs|It costs."},
		{"stop inside", "> " + icon + " **Tradeoff.** It costs.", "Security: It costs|It costs."},
		{"stop outside", "> " + icon + " **Trade-off**. It costs.", "Security: It costs|It costs."},
		{"plural", "> " + icon + " **Trade offs**: It costs.", "Security: It costs|It costs."},
		{"plural over a list", "> " + icon + " **Tradeoffs**:\n> - It costs.\n> - It pays.", "Security: It costs. It pays|- It costs.\n- It pays."},
		{"another hyphen", "> " + icon + " **Trade\u2010Off:** It costs.", "Security: It costs|It costs."},
		{"title", "> " + icon + " **Tradeoff: More work.** It costs.", "More work|It costs."},
		{"title without the word", "> " + icon + " **More work** It costs.", "More work|It costs."},
		{"and is no pair", "> " + icon + " **Tradeoff: More work and cost.** It costs.", "More work and cost|It costs."},
		{"three", "> " + icon + " **Tradeoff: Security, cost, and Reliability**: It costs.", "Security, cost, and Reliability|It costs."},
		{"one side is no pillar", "> " + icon + " **Tradeoff: Security and cost.** It costs.", "Security and cost|It costs.|Security|cost"},
		{"a pillar without principles", "> " + icon + " **Tradeoff: Security and Reliability.** It costs.", "Security and Reliability|It costs.|Security|Reliability"},
		{"a pair", "> " + icon + " **Tradeoff: Security and  Cost&nbsp;Optimization**. It costs.", "Security and Cost Optimization|It costs.|=security|=cost-optimization"},
		{"British", "> " + icon + " **Tradeoff: Security & Cost Optimisation**. It costs.", "Security & Cost Optimisation|It costs.|=security|=cost-optimization"},
		{"the same twice", "> " + icon + " **Tradeoff: Security and Security**. It costs.", "Security and Security|It costs.|Security|Security"},
		{"emphasis and an image", "> ![Trade-off icon](../_images/trade-off.svg) *Trade-off:* It costs.", "Security: It costs|It costs."},
		{"no emphasis", "> " + icon + " Tradeoff: It costs.", "Security: It costs|It costs."},
		{"no icon", "> **Tradeoff:** It costs.", "Security: It costs|It costs."},
		{"no space", ">  " + icon + "**Tradeoff**: It costs.", "Security: It costs|It costs."},
		{"in a list", "- a\n\n    > " + icon + " **Tradeoff**: It costs.", "Security: It costs|It costs."},
		{"nested", "> a\n>\n> > " + icon + " **Tradeoff**: It costs.", "Security: It costs|It costs."},
		{"no quote", icon + " **Security and Cost Optimization**\n\nIt costs.\n\n- A lot.\n\n### Next\n\nText.", "Security and Cost Optimization|It costs.\n\n- A lot.|=security|=cost-optimization"},
		{"several lines", "> " + icon + " **Tradeoff**: It\n> costs.\n>\n> Much.\n\nText.", "Security: It costs|It costs.\n\nMuch."},
		{"two in one quote", "> " + icon + " **Tradeoff: A.** It costs.\n> " + icon + " **Tradeoff: B.** It pays.", "A|It costs.\nB|It pays."},
		{"running text", "> [!TIP]\n> Tradeoffs have this icon. " + icon + "\n\n- **Tradeoffs**. There are some: " + icon + " and more.", ""},
		{"code", "> `" + icon + "` **Tradeoff:** a", ""},
		{"risk", "> :::image type=\"icon\" source=\"../_images/risk.svg\"::: **Risk**: It burns.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			head := "|Recommendation|\n|-|\n|Do.|\n\n"
			q, losses := imported(t, "a.md", []byte("# T\n\n## Cost Optimization\n\n"+head+"## Security\n\n"+head+tt.text+"\n"))
			var got []string
			for _, one := range q.Tradeoffs {
				said := one.Title + "|" + strings.TrimPrefix(one.Summary, draftTradeoff+"\n\n")
				for _, s := range one.Sides {
					switch {
					case len(s.Pillars) > 0:
						said += "|=" + s.Pillars[0]
					case !strings.Contains(s.Label, "to be named"):
						said += "|" + s.Label
					}
				}
				got = append(got, said)
			}
			if strings.Join(got, "\n") != tt.want {
				t.Errorf("got %q, want %q\n%s", strings.Join(got, "\n"), tt.want, losses)
			}
			if named := strings.Contains(losses.String(), "not linked to"); named != (len(got) > 0 && !strings.Contains(tt.want, "=")) {
				t.Errorf("losses:\n%s", losses)
			}
			if tt.name == "risk" && (q.Pillars[1].Summary != "Risk: It burns." || !strings.Contains(losses.String(), "a risk is not a tradeoff")) {
				t.Errorf("the risk is lost: %q", q.Pillars[1].Summary)
			}
		})
	}
}
