export { layers, type Layer } from "../../infra/layers";
