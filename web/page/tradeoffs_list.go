package page

import "plumbline/assessment"

func PillarTitles(c *assessment.Current, ids []string) []string {
	titles := make([]string, 0, len(ids))
	for _, id := range ids {
		if pillar, ok := c.Model.Pillar(id); ok {
			titles = append(titles, pillar.Title)
		}
	}
	return titles
}
