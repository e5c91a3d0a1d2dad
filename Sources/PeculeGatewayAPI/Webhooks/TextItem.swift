import Pecule
import PeculeHTTP

/// A value that is kept as a stored item, in JSON.
protocol TextItem: ItemText, JSONText {}
