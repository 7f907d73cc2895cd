"""Programs of earlier versions, frozen as those versions wrote them."""
