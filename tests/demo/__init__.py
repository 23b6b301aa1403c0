"""The demonstration's data: invented people in every situation of every rule."""
