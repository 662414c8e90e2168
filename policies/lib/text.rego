# METADATA
# description: Parts of messages.
package lib.text

# most is the number of names that a message lists before it counts the rest.
most := 3

# names joins a non-empty set of names in sorted order: a; a and b; a, b and c; a, b, c and 4 more.
names(set) := text if {
	count(set) <= most
	sorted := sort(set)
	head := array.slice(sorted, 0, count(sorted) - 1)
	text := concat(" and ", [part | some part in [concat(", ", head), sorted[count(sorted) - 1]]; part != ""])
}

names(set) := text if {
	count(set) > most
	head := array.slice(sort(set), 0, most)
	text := $"{concat(", ", head)} and {count(set) - most} more"
}

# resource is the id of a resource without the keys of its instances. All instances that count and
# for_each create of one resource have the same.
resource(id) := regex.replace(id, `\[("([^"\\]|\\.)*"|[^\]]*)\]`, "")
