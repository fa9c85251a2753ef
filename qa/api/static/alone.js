// The page of one source: the same view as the chat's pane.
import { Evidence } from "/source/assets/evidence.js";

const container = document.getElementById("evidence");
if (container) new Evidence(container).show([location.pathname + location.search], 0);
