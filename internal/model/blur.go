package model

// Blur returns a copy of a policy input in which every value is unknown. With
// keepItems, lists keep their items, blurred, and references lose their targets; without,
// lists are empty and references keep what they point to. A rule that finds something in a
// blurred input takes ignorance for guilt. Only tests blur.
func Blur(input map[string]any, keepItems bool) map[string]any {
	out := make(map[string]any, len(input))
	for name, value := range input { // any order: it fills a map
		resources, ok := value.([]any)
		if !ok {
			out[name] = value
			continue
		}
		blurred := make([]any, len(resources))
		for i, r := range resources {
			resource := blurFields(r.(map[string]any), keepItems)
			if r.(map[string]any)["unknown"] == nil {
				delete(resource, "unknown")
			}
			blurred[i] = resource
		}
		out[name] = blurred
	}
	return out
}

// isKnowledge reports whether a member says what a node is, and not only where.
func isKnowledge(member string) bool {
	switch member {
	case "absent", "value", "prefix", "suffix", "secret", "example_key", "sources", "service", "refs", "parameters", "plain", "symbol", "outside":
		return true
	}
	return false
}

// blurFields blurs a node: its attributes, and that it is absent.
func blurFields(node map[string]any, keepItems bool) map[string]any {
	out := map[string]any{"unknown": true}
	if node["key"] != nil {
		defer func() { out["key"] = "blurred" }() // a rule may know keys by their names
	}
	for key, value := range node { // any order: it fills a map
		if isKnowledge(key) {
			continue
		}
		switch x := value.(type) {
		case map[string]any:
			out[key] = blurFields(x, keepItems)
		case []any:
			out[key] = blurItems(key, x, keepItems)
		default:
			out[key] = value
		}
	}
	return out
}

func blurItems(key string, items []any, keepItems bool) []any {
	if keepItems == (key == "targets") {
		return []any{}
	}
	out := make([]any, len(items))
	for i, item := range items {
		if node, ok := item.(map[string]any); ok {
			item = blurFields(node, keepItems)
		}
		out[i] = item
	}
	return out
}
